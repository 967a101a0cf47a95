// Institution profiles for tests.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './browser.mjs';

/** A fictitious profile with every key, also used by the tests of wasm/guide. */
export const FULL_PROFILE_FILE = path.join(ROOT, 'wasm/guide/tests/whole-profile.json');

export const FULL_PROFILE = JSON.parse(fs.readFileSync(FULL_PROFILE_FILE, 'utf8'));
