// Gets the hints on a page from the WebAssembly module.
import { loadBrowserState } from '../shared/browser-state.js';
import { advise, provideQuarters, wantsQuarters } from '../shared/wasm-module.js';
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
  if (wantsQuarters(snapshot)) await loadQuarters();
  return advise(snapshot, lang, savedState, managed, os);
}

/** @type {Promise<void> | undefined} */
let loading;

/** Loads the quarters of all districts, once in the life of the worker. Without them, they are not checked. */
function loadQuarters() {
  loading ??= (async () => {
    const response = await fetch(chrome.runtime.getURL('wasm/quarters'));
    provideQuarters(new Uint8Array(await response.arrayBuffer()));
  })().catch(() => {});
  return loading;
}
