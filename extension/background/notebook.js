// The notebook: how far the user is (wasm/guide/src/notebook.rs). The only file that writes it, one
// change after the other, so that none is lost where two come at once.
import { note, ready, visit } from '../module.js';

const KEY = 'notebook';

/**
 * @param {(notebook: object | undefined) => object | undefined} next undefined for no change
 * @returns {Promise<void>} rejected where the change cannot be made
 */
const change = (next) => navigator.locks.request(KEY, async () => {
  const [{ [KEY]: before }] = await Promise.all([chrome.storage.local.get(KEY), ready]);
  const after = next(before);
  if (after !== undefined) await chrome.storage.local.set({ [KEY]: after });
});

/**
 * Takes note of a screen that the user is on.
 * @param {object} where a Visit (wasm/guide/src/notebook.rs)
 */
export const visited = (where) => change((notebook) => visit(notebook, where));

/**
 * Writes a change by the user down.
 * @param {object} wanted a Change (wasm/guide/src/notebook.rs)
 */
export const noted = (wanted) => change((notebook) => note(notebook, wanted));
