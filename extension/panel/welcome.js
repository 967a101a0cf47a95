// Entry of the welcome page (wasm/app/src/panel/welcome.rs).
import { loadUserSettings } from '../shared/user-settings.js';
import { openWelcome } from '../shared/wasm-module.js';

openWelcome(await loadUserSettings());
