// Profiles of institutions that do not exist.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './browser.mjs';

/** A file with everything in it: the one that the guide's own tests read. */
export const WHOLE_FILE = path.join(ROOT, 'wasm/guide/tests/whole-profile.json');

/** What stands in it. */
export const WHOLE = JSON.parse(fs.readFileSync(WHOLE_FILE, 'utf8'));
