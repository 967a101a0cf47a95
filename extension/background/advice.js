// Asks the WebAssembly module what to say on a page.
import init, { advise } from '../wasm/eimza_app.js';

// The address is given because the glue's own guess is wrong under use_dynamic_url.
const ready = init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') });

/**
 * @param {object} snapshot a PageSnapshot (wasm/guide/src/snapshot.rs)
 * @returns {Promise<object>} the answer to draw (wasm/app/src/answer.rs)
 */
export async function answer(snapshot) {
  const [{ lang }] = await Promise.all([chrome.storage.local.get('lang'), ready]);
  return advise(snapshot, lang);
}
