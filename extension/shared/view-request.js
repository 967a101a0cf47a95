// Passes a view request from the service worker to the panel, whether the panel is already open or still opening.

/** Key of `storage.session`. */
const REQUEST_KEY = 'requestedView';

/** @typedef {import('../types/messages').RequestedView} RequestedView */

/**
 * Requests a view from the panel of a window.
 * @param {RequestedView} view
 * @param {number} window the window's id; each window has its own panel
 */
export function requestView(view, window) {
  chrome.storage.session.set({ [REQUEST_KEY]: { view, window } });
}

/**
 * Calls `show` for a pending view request to the panel of a window, and for each later one.
 * @param {number} window
 * @param {(view: RequestedView) => void} show
 */
export async function onViewRequest(window, show) {
  /** @param {unknown} value */
  const take = (value) => {
    const request = /** @type {{view: RequestedView, window: number} | undefined} */ (value);
    if (request?.window !== window) return;
    chrome.storage.session.remove(REQUEST_KEY);
    show(request.view);
  };
  chrome.storage.session.onChanged.addListener((changes) => take(changes[REQUEST_KEY]?.newValue));
  take((await chrome.storage.session.get(REQUEST_KEY))[REQUEST_KEY]);
}
