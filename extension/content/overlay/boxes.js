// Rectangles in the window.

/**
 * A rectangle in CSS pixels of the window.
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/**
 * @param {Box} one
 * @param {Box} other
 * @returns {boolean}
 */
export function boxesOverlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
