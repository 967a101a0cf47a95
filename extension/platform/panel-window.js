// The panel in a window of its own, for windows that have no side panel. Uses only what every browser family has.
import { PANEL_WINDOW_KEY } from '../shared/storage-keys.js';

const PANEL = { type: /** @type {const} */ ('popup'), url: 'panel/index.html', width: 420, height: 760 };

/**
 * Opens the panel in a window of its own; focuses that window where it is already open.
 * @returns {Promise<number>} the window's id
 */
export async function openPanelWindow() {
  // Serialized, so that two requests do not open two windows.
  return await navigator.locks.request(PANEL_WINDOW_KEY, async () => {
    const { [PANEL_WINDOW_KEY]: known } = await chrome.storage.session.get(PANEL_WINDOW_KEY);
    if (typeof known === 'number' && await focus(known)) return known;
    const { id = chrome.windows.WINDOW_ID_NONE } = await chrome.windows.create(PANEL) ?? {};
    await chrome.storage.session.set({ [PANEL_WINDOW_KEY]: id });
    return id;
  });
}

/**
 * @param {number} window
 * @returns {Promise<boolean>} false where it was closed
 */
function focus(window) {
  return chrome.windows.update(window, { focused: true }).then(() => true, () => false);
}
