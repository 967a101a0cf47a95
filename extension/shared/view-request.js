// Passes a view request from the service worker to the panel, whether the panel is already open or still opening.
import { VIEW_REQUEST_KEY } from './storage-keys.js';

/** @typedef {import('../types/messages').RequestedView} RequestedView */
/** @typedef {import('../types/messages').ViewRequest} ViewRequest */

/**
 * Requests a view from a panel.
 * @param {RequestedView} view
 * @param {number} window the id of the window whose panel it is; each window has its own
 * @param {number} tab the tab in which the user requests it; a panel in a window of its own shows the steps for it
 */
export function requestView(view, window, tab) {
  /** @type {ViewRequest} */
  const request = { view, window, tab };
  chrome.storage.session.set({ [VIEW_REQUEST_KEY]: request });
}

/**
 * Calls `show` for a pending view request to the panel of a window, and for each later one.
 * @param {number} window
 * @param {(view: RequestedView, tab: number) => void} show
 */
export async function onViewRequest(window, show) {
  /** @param {unknown} value */
  const take = (value) => {
    const request = /** @type {ViewRequest | undefined} */ (value);
    if (request?.window !== window) return;
    chrome.storage.session.remove(VIEW_REQUEST_KEY);
    show(request.view, request.tab);
  };
  chrome.storage.session.onChanged.addListener((changes) => take(changes[VIEW_REQUEST_KEY]?.newValue));
  take((await chrome.storage.session.get(VIEW_REQUEST_KEY))[VIEW_REQUEST_KEY]);
}
