// Records the messages that reach the service worker.

/**
 * Starts to record, with a listener in addition to the product's own.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').launch>>} browser
 * @returns {Promise<() => Promise<any[]>>} returns the messages so far
 */
export async function recordWorkerMessages(browser) {
  const worker = await browser.worker();
  await worker.evaluate(() => {
    globalThis.recorded = [];
    if (globalThis.isRecording) return;
    globalThis.isRecording = true;
    chrome.runtime.onMessage.addListener((message) => { globalThis.recorded.push(message); });
  });
  return () => worker.evaluate(() => globalThis.recorded);
}
