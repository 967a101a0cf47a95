// Profiles of institutions that do not exist.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './browser.mjs';

/** One with everything in it: the one that the guide's own tests read. */
export const WHOLE = JSON.parse(fs.readFileSync(path.join(ROOT, 'wasm/guide/tests/whole-profile.json'), 'utf8'));
