// Entry of the welcome page (wasm/app/src/panel/welcome.rs).
import { loadBrowserState } from '../shared/browser-state.js';
import { openWelcome } from '../shared/wasm-module.js';

openWelcome(await loadBrowserState());
