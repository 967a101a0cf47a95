// Whether the extension stays silent on a page: looked at only once it has had its say.
import { EXTENSION_ID } from './browser.mjs';
import { Overlay } from './overlay.mjs';
import { questions } from './questions.mjs';
import { until } from './until.mjs';

/**
 * Goes to a page and tells whether nothing at all is drawn on it.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').launch>>} browser
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function isSilentOn(browser, page, url) {
  const asked = await questions(browser);
  await page.goto(url);
  const script = await contentScriptOf(page);
  if (script) {
    await until('the question', async () => (await asked()).some(({ snapshot }) => snapshot?.url === url));
    // Answers come in the order of the questions: with this one the first has come, and a frame later
    // it is drawn.
    await script('chrome.runtime.sendMessage({ type: "advise", snapshot: Snapshot.take() })'
      + '.then(() => new Promise(requestAnimationFrame))');
  }
  return (await (await Overlay.on(page)).nodes()).length === 0;
}

/**
 * The world of the content script in a page, to run an expression in; none where it does not run.
 * @param {import('playwright-core').Page} page loaded
 */
export async function contentScriptOf(page) {
  const session = await page.context().newCDPSession(page);
  let world;
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin === `chrome-extension://${EXTENSION_ID}`) world = context.id;
  });
  await session.send('Runtime.enable'); // tells all contexts that there are before it answers
  if (world === undefined) return null;
  return async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression, contextId: world, awaitPromise: true, returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}
