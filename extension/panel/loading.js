// What a page of the extension shows before it has the user's data. Its HTML has only the product's name.
import { loadBrowserState } from '../shared/browser-state.js';
import { chosenLanguage } from '../shared/language.js';
import { LANGUAGE_KEY } from '../shared/storage-keys.js';
import { ready, showLoading } from '../shared/wasm-module.js';

/**
 * Loads the browser state, and shows meanwhile that the page is loading.
 * @returns {ReturnType<typeof loadBrowserState>}
 */
export async function loadVisibly() {
  const state = loadBrowserState();
  const [stored] = await Promise.all([chrome.storage.local.get(LANGUAGE_KEY), ready]);
  showLoading(chosenLanguage(stored));
  return state;
}
