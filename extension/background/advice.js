// Asks the WebAssembly module what to say on a page.
import { advise, known } from '../module.js';
import { lastPolicy } from './policy.js';

/**
 * @param {object} snapshot a PageSnapshot (wasm/guide/src/snapshot.rs)
 * @param {string | undefined} origin where the browser says that it comes from
 * @returns {Promise<object>} the answer to draw (wasm/app/src/answer.rs)
 */
export async function answer(snapshot, origin) {
  if (new URL(snapshot.url).origin !== origin) throw new Error('a snapshot of another site');
  const { lang, notebook, managed, os } = await known(lastPolicy());
  return advise(snapshot, lang, notebook, managed, os);
}
