// Entry of the panel, beside a page or in a window of its own: connects the browser's events to the panel (wasm/app/src/panel).
import { holdPanelLock } from '../shared/panel-lock.js';
import { loadBrowserState } from '../shared/browser-state.js';
import { acceptMessage } from '../shared/message-rules.js';
import { LANGUAGE_KEY, MANAGED_PROFILE_KEY, SAVED_STATE_KEY } from '../shared/storage-keys.js';
import { onViewRequest } from '../shared/view-request.js';
import { openPanel } from '../shared/wasm-module.js';
import { watchActiveScreen } from './active-screen.js';
import { loadVisibly } from './loading.js';

const SETTINGS = [LANGUAGE_KEY, SAVED_STATE_KEY, MANAGED_PROFILE_KEY];

const panel = openPanel(await loadVisibly());

chrome.storage.onChanged.addListener(async (changes) => {
  if (SETTINGS.some((key) => key in changes)) panel.stateChanged(await loadBrowserState());
});

const { id: window = chrome.windows.WINDOW_ID_NONE } = await chrome.windows.getCurrent();
const ownTab = await chrome.tabs.getCurrent(); // none for a side panel

// The printed transfer sheet, in its own tab, requests its content from this panel. The content is never stored, and the
// sheet clears itself when this panel closes.
holdPanelLock(window);
chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (acceptMessage(message, sender, 'page')?.type !== 'getTransferSheet') return;
  // A panel in a window of its own opens the sheet in another window.
  const isOpenedHere = ownTab ? sender.tab?.openerTabId === ownTab.id : sender.tab?.windowId === window;
  if (isOpenedHere) respond({ sheet: panel.transferSheet() ?? null, window });
});

// The view depends on the page in the tab, so the page is determined first.
const showScreenOf = await watchActiveScreen((screen, needsReload) => panel.setPage(screen, needsReload), Boolean(ownTab));
onViewRequest(window, async (view, tab) => {
  await showScreenOf(tab);
  panel.showView(view);
});
