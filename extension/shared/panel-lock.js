// The lock that an open panel holds, by which other extension pages detect that it closes.

/**
 * @param {number} window
 * @returns {string} the lock's name
 */
const lockName = (window) => `panel-${window}`;

/**
 * Holds the lock of a window's panel for as long as this page lives.
 * @param {number} window
 */
export function holdPanelLock(window) {
  navigator.locks.request(lockName(window), () => new Promise(() => {}));
}

/**
 * Calls `closed` when no panel is open in a window any more.
 * @param {number} window
 * @param {() => void} closed
 */
export function onPanelClosed(window, closed) {
  navigator.locks.request(lockName(window), closed);
}
