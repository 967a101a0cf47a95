// Chooses a place for a part of the overlay beside what it belongs to. Floating UI computes the candidates; whether one is
// free is for the caller to say (decision 0330).
import { computePosition, offset, shift } from '@floating-ui/core';
import { holds } from './boxes.js';

/** @typedef {import('./boxes.js').Box} Box */
/** @typedef {import('@floating-ui/core').Placement} Side */
/** @typedef {{width: number, height: number}} Size */

/**
 * @typedef {object} Search
 * @property {Size} size of the part
 * @property {Box} reference the box that it is placed at
 * @property {readonly Side[]} sides in the order of preference
 * @property {number} gap between the two
 * @property {Box} bounds that the part must stay inside
 * @property {boolean} shifts whether it may slide along the side to stay inside
 * @property {(box: Box) => number} cost of a place: 0 takes it at once, `Infinity` forbids it
 */

/**
 * @param {Search} search
 * @returns {Promise<{box: Box, side: Side, cost: number} | null>} the cheapest place; null where every one is forbidden
 */
export async function findPlace({ size, reference, sides, gap, bounds, shifts, cost }) {
  const platform = rectanglePlatform(bounds);
  const middleware = [offset(gap), ...(shifts ? [shift()] : [])];
  let best = null;
  for (const side of sides) {
    const { x, y } = await computePosition(rectangle(reference), { x: 0, y: 0, ...size }, { placement: side, platform, middleware });
    const [left, top] = [Math.round(x), Math.round(y)];
    const box = { left, top, right: left + size.width, bottom: top + size.height };
    if (!holds(bounds, box, 1)) continue;
    const price = cost(box);
    if (price === 0) return { box, side, cost: 0 };
    if (price < (best?.cost ?? Infinity)) best = { box, side, cost: price };
  }
  return best;
}

/** @param {Box} box */
function rectangle({ left, top, right, bottom }) {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * A platform of Floating UI on which elements are rectangles in the window.
 * @param {Box} bounds
 * @returns {import('@floating-ui/core').Platform}
 */
function rectanglePlatform(bounds) {
  return {
    getElementRects: ({ reference, floating }) => ({ reference, floating }),
    getDimensions: (element) => element,
    getClippingRect: () => rectangle(bounds),
    isElement: () => true,
  };
}
