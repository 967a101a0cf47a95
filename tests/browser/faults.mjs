// What goes wrong unseen: errors that nobody catches, in the page, in the content script and in the worker.
import { contentScriptOf } from './silence.mjs';
import { until } from './until.mjs';

/**
 * Listens from now on, on every page that is shown in this tab.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').launch>>} browser
 * @param {import('playwright-core').Page} page one with a content script
 * @returns {Promise<() => Promise<string[]>>} the errors so far
 */
export async function faults(browser, page) {
  const heard = [];
  const session = await page.context().newCDPSession(page);
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) => heard.push(exception?.description ?? text));
  await session.send('Runtime.enable');
  const worker = await browser.worker();
  await worker.evaluate(() => {
    globalThis.faults = [];
    globalThis.addEventListener('error', ({ message }) => globalThis.faults.push(message));
    globalThis.addEventListener('unhandledrejection', ({ reason }) => globalThis.faults.push(String(reason)));
  });
  const all = async () => [...heard, ...await worker.evaluate(() => globalThis.faults)];
  // Who hears nothing hears no error either: one in each place, made on purpose.
  const run = await contentScriptOf(page);
  await run("void setTimeout(() => Promise.reject(new Error('kontrol: page')))");
  await worker.evaluate(() => { setTimeout(() => Promise.reject(new Error('kontrol: worker'))); });
  await until('the errors that were made on purpose', async () => (await all()).filter((error) => error.includes('kontrol')).length === 2);
  return async () => (await all()).filter((error) => !error.includes('kontrol'));
}
