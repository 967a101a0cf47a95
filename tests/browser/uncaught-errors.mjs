// Records uncaught errors in the page, the content script and the service worker.
import { contentScriptOf } from './content-script.mjs';
import { until } from './until.mjs';

/** Occurs in the message of errors that are thrown on purpose. */
const CONTROL = 'kontrol';

/**
 * Starts to record, on every page that is opened in this tab.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').launch>>} browser
 * @param {import('playwright-core').Page} page one with a content script
 * @returns {Promise<() => Promise<string[]>>} returns the errors so far
 */
export async function recordUncaughtErrors(browser, page) {
  const recorded = [];
  const session = await page.context().newCDPSession(page);
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) => {
    recorded.push(exception?.description ?? text);
  });
  await session.send('Runtime.enable');
  const worker = await browser.worker();
  await worker.evaluate(() => {
    globalThis.uncaught = [];
    globalThis.addEventListener('error', ({ message }) => globalThis.uncaught.push(message));
    globalThis.addEventListener('unhandledrejection', ({ reason }) => globalThis.uncaught.push(String(reason)));
  });
  const all = async () => [...recorded, ...await worker.evaluate(() => globalThis.uncaught)];
  // An error in each context proves that its errors are recorded.
  const run = await contentScriptOf(page);
  await run("void setTimeout(() => Promise.reject(new Error('kontrol: page')))");
  await worker.evaluate(() => { setTimeout(() => Promise.reject(new Error('kontrol: worker'))); });
  await until('the control errors', async () => (await all()).filter((error) => error.includes(CONTROL)).length === 2);
  return async () => (await all()).filter((error) => !error.includes(CONTROL));
}
