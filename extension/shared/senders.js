// Message authorization by sender. The browser fills in the sender; a page cannot forge it.

/**
 * Returns whether the sender is our content script in a tab.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {boolean}
 */
export function isContentScript(sender) {
  return sender.id === chrome.runtime.id && sender.tab !== undefined && !isOwnPage(sender);
}

/**
 * Returns whether the sender is a page of the extension itself.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {boolean}
 */
export function isOwnPage(sender) {
  return sender.id === chrome.runtime.id && sender.url !== undefined
    && sender.url.startsWith(chrome.runtime.getURL('/'));
}

/**
 * Returns whether the sender is the service worker.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {boolean}
 */
export function isWorker(sender) {
  return sender.id === chrome.runtime.id && sender.tab === undefined;
}
