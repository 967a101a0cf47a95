// Loads the browser state for the WebAssembly module: language, saved state, policy, operating system.
import { readManagedStorage } from '#platform';
import { LANGUAGE_KEY, MANAGED_PROFILE_KEY, SAVED_STATE_KEY } from './storage-keys.js';
import { ready } from './wasm-module.js';

/** @typedef {import('eimza-app').BrowserState} BrowserState */

const platform = chrome.runtime.getPlatformInfo();
const { homepage_url: homepage } = chrome.runtime.getManifest();

/**
 * Loads the settings and waits for the module.
 * @param {Promise<unknown>} [profile] the institution profile set by policy
 * @returns {Promise<BrowserState>}
 */
export async function loadBrowserState(profile = readManagedStorage(MANAGED_PROFILE_KEY)) {
  const [{ [LANGUAGE_KEY]: lang, [SAVED_STATE_KEY]: savedState }, managed, { os }] = await Promise.all([
    chrome.storage.local.get([LANGUAGE_KEY, SAVED_STATE_KEY]), profile, platform, ready,
  ]);
  return { lang: typeof lang === 'string' ? lang : undefined, savedState, managed, os, homepage };
}
