// Browser policies in the folder that Debian's Chromium reads. The tests have that folder to themselves
// (xtask/src/environment/virtual_reader.rs).
import fs from 'node:fs';
import path from 'node:path';
import { EXTENSION_ID, ROOT } from './browser.mjs';

const FOLDER = '/etc/chromium/policies/managed';
const FILE = `${FOLDER}/eimza.json`;
/** Policies that do not concern the extension. */
const OTHER_FILE = `${FOLDER}/kurum.json`;

/**
 * Sets an institution profile by policy.
 * @param {object} institution
 * @param {object} [others] further policies
 */
export function writePolicy(institution, others = {}) {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(FILE, JSON.stringify({ '3rdparty': { extensions: { [EXTENSION_ID]: { institution } } } }));
  fs.writeFileSync(OTHER_FILE, JSON.stringify(others));
}

/**
 * Installs one of the policy files for administrators, with another extension id and store.
 * @param {string} name of a file in `manifest/policies/linux/`
 * @param {{id: string, store: string}} machine
 * @param {object} [others] further policies
 */
export function installPolicyFile(name, { id, store }, others = {}) {
  const text = fs.readFileSync(path.join(ROOT, 'manifest/policies/linux', name), 'utf8');
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(FILE, text.replaceAll(EXTENSION_ID, id).replaceAll(/https:[^"]*\/crx/g, store));
  // Without this, the debugger cannot attach to an extension that a policy installed.
  fs.writeFileSync(OTHER_FILE, JSON.stringify({ DeveloperToolsAvailability: 1, ...others }));
}

/** Removes all policies. */
export function removePolicies() {
  for (const file of [FILE, OTHER_FILE]) fs.rmSync(file, { force: true });
}
