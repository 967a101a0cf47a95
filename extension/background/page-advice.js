// Gets the hints on a page from the WebAssembly module.
import { loadBrowserState } from '../shared/browser-state.js';
import { advise } from '../shared/wasm-module.js';
import { cachedPolicyProfile } from './policy-cache.js';

/** @typedef {import('../types/messages').PageSnapshot} PageSnapshot */
/** @typedef {import('../types/messages').Answer} Answer */

/**
 * Returns the answer to a snapshot.
 * @param {PageSnapshot} snapshot
 * @param {string | undefined} origin of the sender, as the browser reports it
 * @returns {Promise<Answer>} rejected where the snapshot is malformed or of another origin
 */
export async function pageAdvice(snapshot, origin) {
  if (new URL(snapshot.url).origin !== origin) throw new Error('the snapshot is of another origin');
  const { lang, savedState, managed, os } = await loadBrowserState(cachedPolicyProfile());
  return advise(snapshot, lang, savedState, managed, os);
}
