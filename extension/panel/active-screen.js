// Tracks the screen in the active tab beside the panel.
import { isWorker } from '../shared/senders.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */

/**
 * Reports the screen now and whenever it changes.
 * @param {(screen: string | null) => void} report called with null where the tab shows no known screen
 * @returns {Promise<void>} resolved after the first report
 */
export async function watchActiveScreen(report) {
  /** @type {number | undefined} */
  let activeTab;

  async function update() {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    const tabId = tab?.id;
    activeTab = tabId;
    const screen = tabId === undefined ? null : await screenOf(tabId);
    // The user may have switched tabs before the answer.
    if (activeTab === tabId) report(screen);
  }

  chrome.tabs.onActivated.addListener(update);
  chrome.tabs.onUpdated.addListener((tab, { status }) => {
    if (tab === activeTab && status !== undefined) update();
  });
  chrome.runtime.onMessage.addListener((/** @type {ExtensionMessage | null | undefined} */ message, sender) => {
    if (isWorker(sender) && message?.type === 'setPage' && message.tab === activeTab) report(message.screen);
  });
  await update();
}

/**
 * Asks the content script of a tab for its screen.
 * @param {number} tab
 * @returns {Promise<string | null>}
 */
async function screenOf(tab) {
  /** @type {ExtensionMessage} */
  const message = { type: 'getPage' };
  try {
    return await chrome.tabs.sendMessage(tab, message) ?? null;
  } catch {
    return null; // the tab has no content script
  }
}
