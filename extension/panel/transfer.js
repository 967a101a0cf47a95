// Shows a transfer to be printed: all of it is in wasm/app/src/panel/transfer/sheet.rs. What to print is asked of the
// panel in the same window, which alone knows it; without that panel there is nothing to show.
import { known, openSheet } from '../module.js';

const { lang } = await known();
const { id: ours } = await chrome.windows.getCurrent();
/** @type {object | null} */
let sheet = null;
try {
  sheet = await chrome.runtime.sendMessage({ type: 'sheet' }) ?? null;
} catch {
  // No panel is open.
}
openSheet(lang, sheet);
// Had by the panel for as long as it is open.
navigator.locks.request(`panel-${ours}`, () => openSheet(lang, null));
