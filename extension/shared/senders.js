// The senders of messages. The browser fills in the sender; a page cannot forge it.

/**
 * The origins on which content scripts run: those of the known hosts.
 * @type {ReadonlySet<string>}
 */
const knownOrigins = new Set((chrome.runtime.getManifest().content_scripts ?? []).flatMap(({ matches = [] }) => (
  matches.flatMap((pattern) => (pattern.startsWith('*:') ? ['http:', 'https:'].map((scheme) => pattern.replace('*:', scheme)) : pattern))
)).map((pattern) => new URL(pattern.replace(/\*$/, '')).origin));

/**
 * Returns whether the sender is our content script in a tab, on a page of a known host.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {boolean}
 */
export function isContentScript(sender) {
  return sender.id === chrome.runtime.id && sender.tab !== undefined && !isOwnPage(sender)
    && sender.origin !== undefined && knownOrigins.has(sender.origin);
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
