// Loads the browser state for the WebAssembly module: language, saved state, policy, operating system.
import { readManagedStorage } from '#platform';
import { chosenLanguage } from './language.js';
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
  const [stored, managed, { os }] = await Promise.all([
    chrome.storage.local.get([LANGUAGE_KEY, SAVED_STATE_KEY]), profile, platform, ready,
  ]);
  return { lang: chosenLanguage(stored), savedState: stored[SAVED_STATE_KEY], managed, os, homepage };
}
