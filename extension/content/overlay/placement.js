// Chooses a place for a part of the overlay beside what it belongs to. Floating UI computes the candidates; whether one is
// free is for the caller to say (decision 0330).
import { computePosition, offset, shift } from '@floating-ui/core';
import { holds } from '../dom/boxes.js';

/** @typedef {import('../dom/boxes.js').Box} Box */
/** @typedef {import('@floating-ui/core').Placement} Side */
/** @typedef {{width: number, height: number}} Size */

/**
 * @typedef {object} Search
 * @property {Size} size of the part
 * @property {Box} reference the box that it is placed at
 * @property {readonly Side[]} sides in the order of preference
 * @property {number} [slide] the step in which it is also tried from the start of the first side towards its end
 * @property {number} gap between the two
 * @property {Box} bounds that the part must stay inside
 * @property {boolean} shifts whether it may slide along the side to stay inside
 * @property {(box: Box) => number} cost of a place: 0 takes it at once, `Infinity` forbids it
 */

/**
 * @param {Search} search
 * @returns {Promise<{box: Box, side: Side, cost: number} | null>} the cheapest place; null where every one is forbidden
 */
export async function findPlace({ size, reference, sides, slide = 0, gap, bounds, shifts, cost }) {
  const platform = rectanglePlatform(bounds);
  let best = null;
  const slides = slide > 0 ? slidesAlong(size.height - (reference.bottom - reference.top), slide) : [];
  const tries = sides.flatMap((side, index) => (
    [0, ...(index === 0 ? slides : [])].map((crossAxis) => ({ side, crossAxis }))
  ));
  for (const { side, crossAxis } of tries) {
    const middleware = [offset({ mainAxis: gap, crossAxis }), ...(shifts ? [shift()] : [])];
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

/**
 * @param {number} length by which the part is longer than its reference
 * @param {number} step
 * @returns {number[]} offsets by which it is moved back, short of the whole length
 */
function slidesAlong(length, step) {
  return Array.from({ length: Math.max(0, Math.ceil(length / step) - 1) }, (_, index) => -step * (index + 1));
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
