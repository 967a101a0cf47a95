// Relays messages between a page of the extension and the native messaging host.
import { connectHost } from '#platform';

/** @typedef {import('../types/messages').PortMessage} PortMessage */

const HOST = 'eimza.yardimcisi.host';

/**
 * Starts a host process for a page and relays messages in both directions. When one end disconnects, the other is
 * disconnected, so closing the panel ends the host and with it an open prompt.
 * @param {chrome.runtime.Port} page
 */
export function relayToHost(page) {
  const host = connectHost(HOST);
  const send = (/** @type {PortMessage} */ message) => page.postMessage(message);
  page.onMessage.addListener((/** @type {unknown} */ request) => host.postMessage(request));
  page.onDisconnect.addListener(() => host.disconnect());
  host.onMessage.addListener((/** @type {unknown} */ message) => send({ host: message }));
  host.onDisconnect.addListener(() => {
    send({ lost: chrome.runtime.lastError?.message ?? '' });
    page.disconnect();
  });
}
