// Remembers the tabs that were open before the extension was installed or updated. Until their pages are reloaded, no
// content script answers there, and the panel says so. The extension sees no addresses of tabs and has no permission
// for them, so it cannot tell which of these tabs show a known page.
import { OPEN_BEFORE_KEY } from '../shared/storage-keys.js';

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason !== 'install' && reason !== 'update') return;
  change(async () => (await chrome.tabs.query({ status: 'complete' })).flatMap(({ id }) => id ?? []));
});

/**
 * @param {number} tab
 * @param {{status?: string}} changed
 */
function onUpdated(tab, { status }) {
  if (status !== undefined) forget(tab);
}

/** @param {number} tab */
function forget(tab) {
  change((tabs) => tabs.filter((id) => id !== tab));
}

/**
 * Replaces the list. Without any tab in it, the worker stops listening: it would be started for each navigation.
 * @param {(tabs: number[]) => number[] | Promise<number[]>} next
 */
function change(next) {
  return navigator.locks.request(OPEN_BEFORE_KEY, async () => {
    const { [OPEN_BEFORE_KEY]: stored } = await chrome.storage.session.get(OPEN_BEFORE_KEY);
    const before = /** @type {number[]} */ (stored ?? []);
    const after = await next(before);
    if (after.length !== before.length) await chrome.storage.session.set({ [OPEN_BEFORE_KEY]: after });
    listen(after.length > 0);
  });
}

/** @param {boolean} on */
function listen(on) {
  const method = on ? 'addListener' : 'removeListener';
  chrome.tabs.onUpdated[method](onUpdated);
  chrome.tabs.onRemoved[method](forget);
}

listen(true); // at once: the event that starts the worker is reported only to listeners of its first turn
change((tabs) => tabs);
