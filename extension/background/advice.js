// Asks the WebAssembly module what to say on a page.
import { advise, ready } from './module.js';

const platform = chrome.runtime.getPlatformInfo().then(({ os }) => os);

/**
 * @param {object} snapshot a PageSnapshot (wasm/guide/src/snapshot.rs)
 * @returns {Promise<object>} the answer to draw (wasm/app/src/answer.rs)
 */
export async function answer(snapshot) {
  const [{ lang, notebook }, os] = await Promise.all([
    chrome.storage.local.get(['lang', 'notebook']), platform, ready,
  ]);
  return advise(snapshot, lang, notebook, os);
}
