// What an administrator lays down for the browser: a file where Debian's Chromium looks for policies. The world that the
// tests run in has that folder to itself; see xtask/src/stage.rs.
import fs from 'node:fs';
import { EXTENSION_ID } from './browser.mjs';

const FOLDER = '/etc/chromium/policies/managed';
const FILE = `${FOLDER}/eimza.json`;

/**
 * @param {object} institution the profile that holds for everybody
 */
export function layDown(institution) {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(FILE, JSON.stringify({ '3rdparty': { extensions: { [EXTENSION_ID]: { institution } } } }));
}

/** Takes it away again. */
export function takeAway() {
  fs.rmSync(FILE, { force: true });
}
