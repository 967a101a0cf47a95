// Entry of the printable checklist of a procedure (wasm/app/src/panel/list.rs).
import { loadUserSettings } from '../shared/user-settings.js';
import { openList } from '../shared/wasm-module.js';

openList(await loadUserSettings(), new URLSearchParams(location.search).get('islem') ?? '');
