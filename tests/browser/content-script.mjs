// Inspects the content script of a page: evaluates expressions in its isolated world, with access to the product's own
// functions, and checks whether it draws anything.
import { EXTENSION_ID } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { until } from './until.mjs';
import { recordWorkerMessages } from './worker-messages.mjs';

/** The content script's own functions and values that expressions may use. The bundle exports none of them. */
const INTERNALS = ['takeSnapshot', 'readingLimits', 'isByUser', 'elementByRef', 'overlayRoot', 'overlayHasFocus', 'boxesOverlap'];

/** The debugger reports the functions of listeners only for objects in a group. */
const OBJECT_GROUP = 'test';

/**
 * Opens a page and returns whether nothing is drawn on it.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').launch>>} browser
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function drawsNothingOn(browser, page, url) {
  const messages = await recordWorkerMessages(browser);
  await page.goto(url);
  const run = await contentScriptOf(page);
  if (run) {
    const [address] = url.split(/[?#;]/); // no more of it is sent
    await until('the request', async () => (await messages()).some(({ snapshot }) => snapshot?.url === address));
    // Requests are answered in order: the answer to this one follows the first, which is drawn within a frame.
    await run('chrome.runtime.sendMessage({ type: "advise", snapshot: takeSnapshot() })'
      + '.then(() => new Promise(requestAnimationFrame))');
  }
  return (await (await Overlay.on(page)).nodes()).length === 0;
}

/**
 * Returns a function that evaluates an expression in the content script's world, where `INTERNALS` are defined; null
 * where no content script runs, or none that does anything.
 * @param {import('playwright-core').Page} page loaded
 * @param {(url: string) => boolean} [isFrame] chooses a frame of the page by its address; otherwise the page itself
 */
export async function contentScriptOf(page, isFrame) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const frames = [frameTree, ...frameTree.childFrames ?? []].map(({ frame }) => frame);
  const { id } = isFrame ? frames.find(({ url }) => isFrame(url)) : frames[0];
  let world;
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin === `chrome-extension://${EXTENSION_ID}` && context.auxData.frameId === id) world = context.id;
  });
  await session.send('Runtime.enable'); // reports all existing contexts before it answers
  if (world === undefined) return null;
  const evaluate = async (expression, returnByValue) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression, contextId: world, awaitPromise: true, returnByValue, objectGroup: OBJECT_GROUP,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result;
  };
  await exposeInternals(session, evaluate);
  return async (expression) => (await evaluate(expression, true)).value;
}

/**
 * Defines the content script's internals as globals of its isolated world, which the page does not see. They are found
 * through the debugger, in the scope of an event listener.
 */
async function exposeInternals(session, evaluate) {
  const { objectId: window } = await evaluate('window', false);
  const listeners = await until('the content script\'s listeners', async () => {
    const result = await session.send('DOMDebugger.getEventListeners', { objectId: window });
    const handlers = result.listeners.filter(({ type, handler }) => type === 'popstate' && handler);
    return handlers.length > 0 && handlers;
  });
  for (const { handler } of listeners) {
    const internals = await variablesAround(session, handler.objectId);
    if (!INTERNALS.every((name) => internals.has(name))) continue;
    await session.send('Runtime.callFunctionOn', {
      objectId: window,
      functionDeclaration: 'function (names, ...values) { names.forEach((name, index) => { this[name] = values[index]; }); }',
      arguments: [{ value: INTERNALS }, ...INTERNALS.map((name) => ({ objectId: internals.get(name) }))],
    });
    return;
  }
  throw new Error(`no scope with ${INTERNALS.join(', ')}`);
}

/** Returns the objects in the scopes around a function, by name. */
async function variablesAround(session, functionId) {
  const variables = new Map();
  const { internalProperties } = await session.send('Runtime.getProperties', { objectId: functionId });
  const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]').value.objectId;
  const { result } = await session.send('Runtime.getProperties', { objectId: scopes, ownProperties: true });
  for (const { value } of result.filter(({ value: scope }) => scope?.description?.startsWith('Closure'))) {
    const scope = await session.send('Runtime.getProperties', { objectId: value.objectId, ownProperties: true });
    for (const { name, value: object } of scope.result) {
      if (object?.objectId) variables.set(name, object.objectId);
    }
  }
  return variables;
}
