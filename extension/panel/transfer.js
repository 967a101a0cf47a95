// Entry of the printable transfer sheet (wasm/app/src/panel/print/transfer_sheet.rs). Only the panel that opened
// it has the content; without an open panel the sheet is empty.
import { onPanelClosed } from '../shared/panel-lock.js';
import { loadBrowserState } from '../shared/browser-state.js';
import { openSheet } from '../shared/wasm-module.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */

const { lang } = await loadBrowserState();

/** @returns {Promise<{sheet: import('../types/messages').Sheet | null, window: number} | null>} */
async function fetchSheet() {
  /** @type {ExtensionMessage} */
  const message = { type: 'getTransferSheet' };
  try {
    return await chrome.runtime.sendMessage(message) ?? null;
  } catch {
    return null; // no panel is open
  }
}

const fetched = await fetchSheet();
openSheet(lang, fetched?.sheet ?? null);
if (fetched) onPanelClosed(fetched.window, () => openSheet(lang, null));
