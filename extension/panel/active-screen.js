// Tracks the screen in the tab that the panel belongs to: the active tab of its window or, for a panel in a window of
// its own, the tab in which the user opened it.
import { acceptMessage } from '../shared/message-rules.js';
import { OPEN_BEFORE_KEY } from '../shared/storage-keys.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */

/**
 * Reports the screen now and whenever it changes.
 * @param {(screen: string | null, needsReload: boolean) => void} report called with null where the tab shows no known
 *   screen; `needsReload` says that its page was open before the extension was installed or updated
 * @param {boolean} ownWindow whether the panel is in a window of its own
 * @returns {Promise<(tab: number) => Promise<void>>} resolved after the first report. Call the function for the tab in
 *   which the user opened the panel; it resolves after the report on it.
 */
export async function watchActiveScreen(report, ownWindow) {
  /** @type {number | undefined} */
  let activeTab;

  async function update() {
    if (!ownWindow) [{ id: activeTab } = { id: undefined }] = await chrome.tabs.query({ active: true, currentWindow: true });
    const tab = activeTab;
    const page = tab === undefined ? UNKNOWN : await pageOf(tab);
    // The user may have switched tabs before the answer.
    if (activeTab === tab) report(page.screen, page.needsReload);
  }

  chrome.tabs.onActivated.addListener(update);
  chrome.tabs.onUpdated.addListener((tab, { status }) => {
    if (tab === activeTab && status !== undefined) update();
  });
  chrome.tabs.onRemoved.addListener((tab) => {
    if (tab === activeTab) update();
  });
  chrome.runtime.onMessage.addListener((received, sender) => {
    const message = acceptMessage(received, sender, 'page');
    if (message?.type !== 'setPage' || message.tab !== activeTab) return;
    // One frame without a known screen does not mean that the tab has none.
    if (message.screen === null) update();
    else report(message.screen, false);
  });
  chrome.storage.session.onChanged.addListener((changes) => {
    if (OPEN_BEFORE_KEY in changes) update();
  });
  await update();
  return async (tab) => {
    if (!ownWindow) return;
    activeTab = tab;
    await update();
  };
}

const UNKNOWN = { screen: null, needsReload: false };

/**
 * Asks the content scripts of a tab for its screen.
 * @param {number} tab
 * @returns {Promise<{screen: string | null, needsReload: boolean}>}
 */
async function pageOf(tab) {
  /** @type {ExtensionMessage} */
  const message = { type: 'getPage' };
  try {
    return { screen: await chrome.tabs.sendMessage(tab, message) ?? null, needsReload: false };
  } catch {
    // The tab has no content script, or only one of an earlier version.
    const { [OPEN_BEFORE_KEY]: openBefore } = await chrome.storage.session.get(OPEN_BEFORE_KEY);
    return { screen: null, needsReload: Array.isArray(openBefore) && openBefore.includes(tab) };
  }
}
