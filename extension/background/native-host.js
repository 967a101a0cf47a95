// Relays messages between a page of the extension and the native messaging host.
import { connectHost } from '#platform';

const HOST = 'eimza.yardimcisi.host';

/**
 * Starts a host process for a page and relays messages in both directions. When one end disconnects, the other is
 * disconnected, so closing the panel ends the host and with it an open prompt.
 * @param {chrome.runtime.Port} page
 */
export function relayToHost(page) {
  const host = connectHost(HOST);
  page.onMessage.addListener((request) => host.postMessage(request));
  page.onDisconnect.addListener(() => host.disconnect());
  host.onMessage.addListener((message) => page.postMessage({ host: message }));
  host.onDisconnect.addListener(() => {
    page.postMessage({ lost: chrome.runtime.lastError?.message ?? '' });
    page.disconnect();
  });
}
