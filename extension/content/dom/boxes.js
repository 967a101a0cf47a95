// Rectangles in the window.
import { boundingBoxOf } from './safe-dom.js';

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

/**
 * @param {Element | Range} drawn
 * @returns {Box} its bounding box
 */
export function boxOf(drawn) {
  const { left, top, right, bottom } = drawn instanceof Range
    ? drawn.getBoundingClientRect() : boundingBoxOf(drawn);
  return { left, top, right, bottom };
}

/**
 * @param {Box} box
 * @returns {boolean} whether it has no area
 */
export function isEmpty({ left, top, right, bottom }) {
  return right <= left || bottom <= top;
}

/**
 * @param {Box} box
 * @returns {number} in square pixels
 */
export function areaOf(box) {
  return isEmpty(box) ? 0 : (box.right - box.left) * (box.bottom - box.top);
}

/**
 * @param {Box} one
 * @param {Box} other
 * @returns {Box} what both cover; empty where they do not overlap
 */
export function intersection(one, other) {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

/**
 * @param {Box} one
 * @param {Box} other
 * @returns {Box} the smallest one that holds both
 */
export function union(one, other) {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/**
 * @param {Box} outer
 * @param {Box} inner
 * @param {number} [tolerance] in pixels
 * @returns {boolean} whether the inner box is inside the outer one
 */
export function holds(outer, inner, tolerance = 0.5) {
  return inner.left >= outer.left - tolerance && inner.top >= outer.top - tolerance
    && inner.right <= outer.right + tolerance && inner.bottom <= outer.bottom + tolerance;
}
