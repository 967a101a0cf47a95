// What the content scripts say to the service worker.

/**
 * Listens beside the product's own listener from now on.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').launch>>} browser
 * @returns {Promise<() => Promise<any[]>>} the messages so far
 */
export async function questions(browser) {
  const worker = await browser.worker();
  await worker.evaluate(() => {
    globalThis.heard = [];
    if (globalThis.listens) return;
    globalThis.listens = true;
    chrome.runtime.onMessage.addListener((message) => { globalThis.heard.push(message); });
  });
  return () => worker.evaluate(() => globalThis.heard);
}
