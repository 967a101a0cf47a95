// Shows a procedure's list to be printed: all of it is in wasm/app/src/panel/list.rs.
import init, { openList } from '../wasm/eimza_app.js';

const [{ lang, notebook }, { os }] = await Promise.all([
  chrome.storage.local.get(['lang', 'notebook']),
  chrome.runtime.getPlatformInfo(),
  init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') }),
]);
openList(lang, notebook, os, new URLSearchParams(location.search).get('islem') ?? '');
