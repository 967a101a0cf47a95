// Who may ask for what. The browser fills in the sender; a page cannot forge it.

/**
 * A content script of ours in the top frame of a tab: may ask for advice and for the panel.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {boolean}
 */
export function isContentScript(sender) {
  return sender.id === chrome.runtime.id && sender.tab !== undefined && sender.frameId === 0
    && !isOwnPage(sender);
}

/**
 * A page of the extension itself: may talk to the native host.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {boolean}
 */
export function isOwnPage(sender) {
  return sender.id === chrome.runtime.id && sender.url !== undefined
    && sender.url.startsWith(chrome.runtime.getURL('/'));
}
