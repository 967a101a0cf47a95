// Loads the browser state for the WebAssembly module: language, saved state, policy, operating system.
import { ready } from './wasm-module.js';

/** Keys of `storage.local`. The saved state is stored under a name that older versions chose. */
export const LANGUAGE_KEY = 'lang';
export const SAVED_STATE_KEY = 'notebook';

/** Key of `storage.managed`: the institution profile that an administrator set (manifest/managed.json). */
export const MANAGED_PROFILE_KEY = 'institution';

/** @typedef {import('eimza-app').BrowserState} BrowserState */

const platform = chrome.runtime.getPlatformInfo();

/**
 * @returns {Promise<unknown>} the institution profile set by policy; undefined without one, or where the browser does
 *   not support managed storage
 */
export async function managedProfile() {
  try {
    return (await chrome.storage.managed.get(MANAGED_PROFILE_KEY))[MANAGED_PROFILE_KEY];
  } catch {
    return undefined;
  }
}

/**
 * Loads the settings and waits for the module.
 * @param {Promise<unknown>} [profile] the institution profile set by policy
 * @returns {Promise<BrowserState>}
 */
export async function loadBrowserState(profile = managedProfile()) {
  const [{ [LANGUAGE_KEY]: lang, [SAVED_STATE_KEY]: savedState }, managed, { os }] = await Promise.all([
    chrome.storage.local.get([LANGUAGE_KEY, SAVED_STATE_KEY]), profile, platform, ready,
  ]);
  return { lang: typeof lang === 'string' ? lang : undefined, savedState, managed, os };
}
