// The WebAssembly module, started once for all who ask it.
import init from '../wasm/eimza_app.js';

export { advise, note, visit } from '../wasm/eimza_app.js';

// The address is given because the glue's own guess is wrong under use_dynamic_url.
export const ready = init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') });
