// Entry of the welcome page (wasm/app/src/panel/card/welcome_view.rs).
import { loadBrowserState } from '../shared/browser-state.js';
import { openWelcome } from '../shared/wasm-module.js';

openWelcome(await loadBrowserState());
