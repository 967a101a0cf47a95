// Entry of the welcome page (wasm/app/src/panel/card/welcome_view.rs).
import { openPanel } from '#platform';
import { openWelcome } from '../shared/wasm-module.js';
import { loadVisibly } from './loading.js';

const tab = await chrome.tabs.getCurrent();

// Dispatched by the button while the user's press is handled: later, the browser would open no panel.
document.addEventListener('open-panel', () => {
  if (tab?.id !== undefined) openPanel({ id: tab.id, windowId: tab.windowId });
});

openWelcome(await loadVisibly());
