// Hands a requested panel view from the service worker to the panel, whether it is already open or still opening.

/** Key of `storage.session`. */
const REQUEST_KEY = 'requestedView';

/** @typedef {import('../types/messages').View} View */

/**
 * Asks the panel of a window to show a view.
 * @param {View} view
 * @param {number} window each has a panel of its own
 */
export function requestView(view, window) {
  chrome.storage.session.set({ [REQUEST_KEY]: { view, window } });
}

/**
 * Calls for each view that is requested of the panel of a window, now and from now on.
 * @param {number} window
 * @param {(view: View) => void} show
 */
export async function onViewRequest(window, show) {
  /** @param {unknown} value */
  const take = (value) => {
    const request = /** @type {{view: View, window: number} | undefined} */ (value);
    if (request?.window !== window) return;
    chrome.storage.session.remove(REQUEST_KEY);
    show(request.view);
  };
  chrome.storage.session.onChanged.addListener((changes) => take(changes[REQUEST_KEY]?.newValue));
  take((await chrome.storage.session.get(REQUEST_KEY))[REQUEST_KEY]);
}
