// Entry of the printable checklist of a procedure, and of its cover letters (wasm/app/src/panel/print/).
import { loadBrowserState } from '../shared/browser-state.js';
import { openList } from '../shared/wasm-module.js';

const query = new URLSearchParams(location.search);
openList(await loadBrowserState(), query.get('islem') ?? '', query.get('yazi'));
