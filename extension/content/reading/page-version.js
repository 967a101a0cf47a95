// Tells whether the page may have changed since something was read. Typing changes no node and no style, so what was read
// of labels stays valid from key to key.

let version = 0;

/** Notes that nodes, styles or the focus may have changed. */
export function notePageChange() {
  version += 1;
}

/** @returns {number} a number that stays the same while only values change */
export function pageVersion() {
  return version;
}
