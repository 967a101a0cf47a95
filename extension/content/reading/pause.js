// How long the content script waits before it reads the page again, so that readings never keep a page busy: what a
// reading costs decides on the pause after it.

/** How long changes are collected before a reading, in milliseconds. */
const DELAY = 60;
/** The same on an unknown page, for changes that the user did not make. */
const DELAY_UNKNOWN = 1000;
/** On a page that changes constantly, reading takes at most one in this many parts of the time. */
const MAX_READING_SHARE = 10;

/**
 * Returns the pause before the next reading, in milliseconds.
 * @param {number} readingTime how long the last reading took, in milliseconds
 * @param {boolean} byUser whether the user made the change and waits for the answer; then reading and the page share the time
 * @param {boolean} isUnknown whether the page is known to be none that has hints
 * @returns {number}
 */
export function pauseBeforeReading(readingTime, byUser, isUnknown) {
  if (byUser) return Math.max(DELAY, readingTime);
  return Math.max(isUnknown ? DELAY_UNKNOWN : DELAY, MAX_READING_SHARE * readingTime);
}
