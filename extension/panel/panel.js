// Starts the panel: all of it is in wasm/app/src/panel.
import init, { openPanel } from '../wasm/eimza_app.js';

const [{ lang }] = await Promise.all([
  chrome.storage.local.get('lang'),
  init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') }),
]);
openPanel(lang);
