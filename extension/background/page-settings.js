// What content scripts need of the stored settings. They cannot reach the storage themselves: a page that took one over
// could plant an institution profile there.
import { FOLDED_KEY, LANGUAGE_KEY, POLICY_CACHE_KEY, SAVED_STATE_KEY } from '../shared/storage-keys.js';

/** Keys of `storage.local` that affect the hints. */
const SETTINGS = [LANGUAGE_KEY, SAVED_STATE_KEY, POLICY_CACHE_KEY];

/** @returns {Promise<boolean>} whether the user folded the corner panel */
export async function isFolded() {
  return (await chrome.storage.local.get(FOLDED_KEY))[FOLDED_KEY] === true;
}

/**
 * Stores whether the user folded the corner panel.
 * @param {boolean} folded
 */
export function saveFolded(folded) {
  chrome.storage.local.set({ [FOLDED_KEY]: folded });
}

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && SETTINGS.some((key) => key in changes)) notifyContentScripts();
});

/** Notifies the content scripts of all tabs, whose storage events do not reach them. It says nothing of the values. */
async function notifyContentScripts() {
  /** @type {import('../types/messages').ExtensionMessage} */
  const message = { type: 'settingsChanged' };
  for (const { id } of await chrome.tabs.query({})) {
    if (id !== undefined) chrome.tabs.sendMessage(id, message).catch(() => {}); // a tab without a content script
  }
}
