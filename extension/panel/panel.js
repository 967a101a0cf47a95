// Entry of the side panel: connects the browser's events to the panel (wasm/app/src/panel).
import { holdPanelLock } from '../shared/panel-lock.js';
import { isOwnPage } from '../shared/senders.js';
import { loadBrowserState } from '../shared/browser-state.js';
import { LANGUAGE_KEY, MANAGED_PROFILE_KEY, SAVED_STATE_KEY } from '../shared/storage-keys.js';
import { onViewRequest } from '../shared/view-request.js';
import { openPanel } from '../shared/wasm-module.js';
import { watchActiveScreen } from './active-screen.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */

const SETTINGS = [LANGUAGE_KEY, SAVED_STATE_KEY, MANAGED_PROFILE_KEY];

const panel = openPanel(await loadBrowserState());

chrome.storage.onChanged.addListener(async (changes) => {
  if (SETTINGS.some((key) => key in changes)) panel.stateChanged(await loadBrowserState());
});

const { id: window = chrome.windows.WINDOW_ID_NONE } = await chrome.windows.getCurrent();

// The printed transfer sheet, in its own tab, requests its content from this panel. The content is never stored, and the
// sheet clears itself when this panel closes.
holdPanelLock(window);
chrome.runtime.onMessage.addListener((/** @type {ExtensionMessage | null | undefined} */ message, sender, respond) => {
  const isSheet = isOwnPage(sender) && sender.tab?.windowId === window;
  if (isSheet && message?.type === 'getTransferSheet') respond(panel.transferSheet() ?? null);
});

// The view depends on the page in the tab, so the page is determined first.
await watchActiveScreen((screen) => panel.setPage(screen));
onViewRequest(window, (view) => panel.showView(view));
