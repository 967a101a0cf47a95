// Entry of the printable checklist of a procedure (wasm/app/src/panel/print/checklist.rs).
import { loadBrowserState } from '../shared/browser-state.js';
import { openList } from '../shared/wasm-module.js';

openList(await loadBrowserState(), new URLSearchParams(location.search).get('islem') ?? '');
