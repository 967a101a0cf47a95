// Tells whether the page may look different than when something was found out about it. A key changes a value and nothing
// else, so that what was found out before stays valid while the user types.
import { pageVersion } from '../reading/page-version.js';

/** What follows a key within this time, in milliseconds, is taken to follow from it: its check and the answer. */
const TYPING_TIME = 700;
/** Events that may change what is seen without changing the page. */
const EVENTS = ['scroll', 'resize', 'pointerover'];

let moves = 0;
let lastKey = -Infinity;

/** Starts to listen to what changes the look of the page. */
export function watchLook() {
  for (const type of EVENTS) window.addEventListener(type, noteMove, { capture: true, passive: true });
}

/** @param {Event} event */
function noteMove({ type, target }) {
  // A text control scrolls its own text while the user types.
  if (type === 'scroll' && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
  moves += 1;
}

/** Notes that the user typed. */
export function noteTyping() {
  lastKey = performance.now();
}

/** @returns {boolean} whether the user is typing */
export function isTyping() {
  return performance.now() - lastKey < TYPING_TIME;
}

/** @returns {number} a number that stays the same while nothing is known to have changed the look of the page */
export function lookVersion() {
  return pageVersion() + moves;
}
