// What an administrator lays down for the browser: a file where Debian's Chromium looks for policies. The world that the
// tests run in has that folder to itself; see xtask/src/environment/virtual_reader.rs.
import fs from 'node:fs';
import path from 'node:path';
import { EXTENSION_ID, ROOT } from './browser.mjs';

const FOLDER = '/etc/chromium/policies/managed';
const FILE = `${FOLDER}/eimza.json`;
const BESIDE = `${FOLDER}/kurum.json`;

/**
 * @param {object} institution the profile that holds for everybody
 * @param {object} [more] policies beside it
 */
export function layDown(institution, more = {}) {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(FILE, JSON.stringify({ '3rdparty': { extensions: { [EXTENSION_ID]: { institution } } } }));
  fs.writeFileSync(BESIDE, JSON.stringify(more));
}

/**
 * Gives the browser one of the files for administrators, with another id and store.
 * @param {string} name of `manifest/policies/linux/`
 * @param {{id: string, store: string}} machine
 * @param {object} [more] policies beside it
 */
export function giveFile(name, { id, store }, more = {}) {
  const text = fs.readFileSync(path.join(ROOT, 'manifest/policies/linux', name), 'utf8');
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(FILE, text.replaceAll(EXTENSION_ID, id).replaceAll(/https:[^"]*\/crx/g, store));
  // Else nobody could look into what a policy has installed.
  fs.writeFileSync(BESIDE, JSON.stringify({ DeveloperToolsAvailability: 1, ...more }));
}

/** Takes all away again. */
export function takeAway() {
  for (const file of [FILE, BESIDE]) fs.rmSync(file, { force: true });
}
