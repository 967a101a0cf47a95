// Entry of the printable transfer sheet (wasm/app/src/panel/print/transfer_sheet.rs). Only the panel of the same window
// has the content; without an open panel the sheet is empty.
import { onPanelClosed } from '../shared/panel-lock.js';
import { loadBrowserState } from '../shared/browser-state.js';
import { openSheet } from '../shared/wasm-module.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */

const { lang } = await loadBrowserState();
const { id: window = chrome.windows.WINDOW_ID_NONE } = await chrome.windows.getCurrent();

/** @returns {Promise<import('../types/messages').Sheet | null>} */
async function fetchSheet() {
  /** @type {ExtensionMessage} */
  const message = { type: 'getTransferSheet' };
  try {
    return await chrome.runtime.sendMessage(message) ?? null;
  } catch {
    return null; // no panel is open
  }
}

openSheet(lang, await fetchSheet());
onPanelClosed(window, () => openSheet(lang, null));
