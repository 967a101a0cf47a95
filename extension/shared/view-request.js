// Passes a view request from the service worker to the panel, whether the panel is already open or still opening.
import { VIEW_REQUEST_KEY } from './storage-keys.js';

/** @typedef {import('../types/messages').RequestedView} RequestedView */
/** @typedef {import('../types/messages').ViewRequest} ViewRequest */

/**
 * Requests a view from the panel of a window.
 * @param {RequestedView} view
 * @param {number} window the window's id; each window has its own panel
 */
export function requestView(view, window) {
  /** @type {ViewRequest} */
  const request = { view, window };
  chrome.storage.session.set({ [VIEW_REQUEST_KEY]: request });
}

/**
 * Calls `show` for a pending view request to the panel of a window, and for each later one.
 * @param {number} window
 * @param {(view: RequestedView) => void} show
 */
export async function onViewRequest(window, show) {
  /** @param {unknown} value */
  const take = (value) => {
    const request = /** @type {ViewRequest | undefined} */ (value);
    if (request?.window !== window) return;
    chrome.storage.session.remove(VIEW_REQUEST_KEY);
    show(request.view);
  };
  chrome.storage.session.onChanged.addListener((changes) => take(changes[VIEW_REQUEST_KEY]?.newValue));
  take((await chrome.storage.session.get(VIEW_REQUEST_KEY))[VIEW_REQUEST_KEY]);
}
