// Wraps the APIs that differ between browser families, here for Chromium, Chrome and Edge. Scripts import '#platform';
// the bundler (rollup.config.js) resolves it to platform/<browser>.js if that file exists, otherwise to this one. A new
// family is a file with the same exports.
import { openPanelWindow } from './panel-window.js';

/**
 * Connects to the native messaging host. No other script calls `connectNative`.
 * @param {string} name the name in the host manifest
 * @returns {chrome.runtime.Port}
 */
export function connectHost(name) {
  return chrome.runtime.connectNative(name);
}

/**
 * Opens the panel beside a tab, or in a window of its own where the tab's window has no side panel, as popup windows.
 * Must be called synchronously in the handler of the user's action: after an await the browser rejects it.
 * @param {{id: number, windowId: number}} tab
 * @returns {Promise<number>} the id of the window whose panel was opened
 */
export async function openPanel({ id, windowId }) {
  const opened = chrome.sidePanel.open({ tabId: id });
  try {
    // In a popup window the browser opens nothing, but reports success.
    const [{ type }] = await Promise.all([chrome.windows.get(windowId), opened]);
    if (type === 'normal') return windowId;
  } catch {
    // It opens no side panel here.
  }
  return openPanelWindow();
}

/** Makes the toolbar button open and close the panel. */
export function bindPanelToToolbarButton() {
  chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
}

/**
 * Keeps content scripts out of the extension's storage, from reading, writing and its change events: a page may have
 * taken one over. Call it at each start of the worker. Chromium remembers the level, so that it also holds before.
 *
 * A browser without `setAccessLevel`, as Firefox for these areas, keeps its default; decision 0205 says what then holds.
 */
export function restrictStorage() {
  const { local, session, sync, managed } = chrome.storage;
  for (const area of [local, session, sync, managed]) {
    area?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => {}); // not for this area
  }
}

/**
 * Reads a value that an administrator set by policy.
 * @param {string} key
 * @returns {Promise<unknown>} undefined without a value, or where the browser does not support managed storage
 */
export async function readManagedStorage(key) {
  try {
    return (await chrome.storage.managed.get(key))[key];
  } catch {
    return undefined;
  }
}

/**
 * Calls a function whenever policies change; never where the browser does not support managed storage.
 * @param {() => void} changed
 */
export function onManagedStorageChanged(changed) {
  chrome.storage.managed?.onChanged.addListener(changed);
}

/**
 * Returns a function that applies a style sheet to a shadow root. Call it each time the root is attached: adopted style
 * sheets are lost when the page moves the host into another document.
 * @param {string} css
 * @returns {(root: ShadowRoot) => void}
 */
export function styleAttacher(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return (root) => { root.adoptedStyleSheets = [sheet]; };
}
