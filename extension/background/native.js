// Opens the native port: the only file that does.

const HOST = 'eimza.yardimcisi.host';

/**
 * Joins a page of ours with a native host of its own. Either end's going ends the other: a closed
 * panel ends the host, and with it an open prompt.
 * @param {chrome.runtime.Port} page
 */
export function relay(page) {
  const host = chrome.runtime.connectNative(HOST);
  page.onMessage.addListener((request) => host.postMessage(request));
  page.onDisconnect.addListener(() => host.disconnect());
  host.onMessage.addListener((message) => page.postMessage({ host: message }));
  host.onDisconnect.addListener(() => {
    page.postMessage({ lost: chrome.runtime.lastError?.message ?? '' });
    page.disconnect();
  });
}
