// Where the open card stands beside its field, and whether it may stay there when its content changes.
import { boxOf, boxesOverlap, holds } from '../dom/boxes.js';
import { movePart, overlayRoot, reparentDrawn } from './host.js';
import { findPlace } from './placement.js';

/** @typedef {import('../dom/boxes.js').Box} Box */
/** @typedef {import('./obstacles.js').Obstacles} Obstacles */
/** @typedef {import('./placement.js').Side} Side */

// All lengths are in CSS pixels.

/** Between a control's box and its card. */
const GAP = 8;
/** The sizes of a card that are tried: the widest, a narrow one, a low one that scrolls, and the narrowest. */
const SIZES = [{ width: 320, height: 460 }, { width: 230, height: 460 }, { width: 320, height: 150 }, { width: 180, height: 460 }];
/** The largest share of the window's height. */
const MAX_SHARE = 0.7;
/** The step in which a card is moved up along the side of its field. */
const SLIDE = 40;
/** How much of the field's side a card that was moved along it stands at, at least. */
const MIN_SHARED = 16;
/** @type {readonly Side[]} */
const SIDES = ['right-start', 'right-end', 'bottom-end', 'bottom-start', 'top-end', 'top-start', 'left-start', 'left-end'];

/**
 * Where the open card was placed last, for which box of its field, and the box around it that is known to be free.
 * @type {{field: Element, reference: Box, limit: typeof SIZES[0], box: Box, free: Box} | null}
 */
let last = null;

/**
 * @param {object} request
 * @param {HTMLElement} request.card
 * @param {Element} request.field
 * @param {Box} request.reference the box of the field
 * @param {Obstacles} request.obstacles
 * @param {Box} request.bounds
 * @param {() => boolean} request.isCurrent whether the layout has not been replaced by another one
 * @returns {Promise<Box | null>} null where there is no room
 */
export async function placeCard({ card, field, reference, obstacles, bounds, isCurrent }) {
  if (card.parentNode !== overlayRoot) reparentDrawn(card, overlayRoot);
  const cost = (/** @type {Box} */ box) => (
    boxesOverlap(box, reference) || !isBeside(box, reference) || obstacles.blocks(box) ? Infinity : obstacles.textIn(box)
  );
  /** @type {{place: {box: Box, cost: number}, limit: typeof SIZES[0]} | null} */
  let best = last?.field === field && sameBox(last.reference, reference) ? stay(card, last, bounds, cost) : null;
  for (const limit of best ? [] : SIZES) {
    const size = sizeOf(card, limit, bounds);
    const place = await findPlace({ size, reference, sides: SIDES, slide: SLIDE, gap: GAP, bounds, shifts: true, cost });
    if (!isCurrent()) return null;
    if (place && place.cost < (best?.place.cost ?? Infinity)) best = { place, limit };
    if (best?.place.cost === 0) break;
  }
  card.hidden = best === null;
  if (best === null) return null;
  sizeOf(card, best.limit, bounds);
  const { box } = best.place;
  movePart(card, box);
  last = { field, reference, limit: best.limit, box, free: box };
  return box;
}

/**
 * Returns the place of a card if it is still free: it should not move while the user types.
 * @param {HTMLElement} card
 * @param {NonNullable<typeof last>} placed
 * @param {Box} bounds
 * @param {(box: Box) => number} cost
 */
function stay(card, { limit, box: { left, top } }, bounds, cost) {
  const { width, height } = sizeOf(card, limit, bounds);
  const box = { left, top, right: left + width, bottom: top + height };
  return holds(bounds, box, 1) && cost(box) === 0 ? { place: { box, cost: 0 }, limit } : null;
}

/**
 * Returns whether the card may stay where it is although its content has changed: only what it newly covers is examined.
 * @param {HTMLElement} card drawn at its last place, which is still free
 * @param {Box} bounds
 * @param {() => Obstacles} findObstacles
 */
export function mayStay(card, bounds, findObstacles) {
  if (last === null) return false;
  const { free, reference, box: { left, top } } = last;
  const box = { left, top, right: left + card.offsetWidth, bottom: top + card.offsetHeight };
  if (!holds(free, box, 0)) {
    const others = [...overlayRoot.querySelectorAll('.badge, .corner, .corner-tab')].map(boxOf);
    if (!holds(bounds, box, 1) || [reference, ...others].some((other) => boxesOverlap(box, other))) return false;
    const obstacles = findObstacles();
    if (stripsAround(free, box).some((strip) => obstacles.blocks(strip) || obstacles.textIn(strip) > 0)) return false;
    last.free = box;
  }
  last.box = box;
  return true;
}

/**
 * Returns what a box covers beyond another one with the same top left corner.
 * @param {Box} free
 * @param {Box} box
 * @returns {Box[]}
 */
function stripsAround(free, box) {
  return [
    { ...box, left: free.right },
    { ...box, top: free.bottom, right: Math.min(free.right, box.right) },
  ].filter(({ left, top, right, bottom }) => left < right && top < bottom);
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function sameBox(one, other) {
  return holds(one, other, 1) && holds(other, one, 1);
}

/**
 * @param {HTMLElement} card
 * @param {{width: number, height: number}} limit
 * @param {Box} bounds
 * @returns {import('./placement.js').Size} the size that it takes within the limits
 */
function sizeOf(card, limit, bounds) {
  card.hidden = false;
  card.style.maxWidth = `${Math.min(limit.width, bounds.right - bounds.left)}px`;
  card.style.maxHeight = `${Math.min(limit.height, MAX_SHARE * (bounds.bottom - bounds.top))}px`;
  return { width: card.offsetWidth, height: card.offsetHeight };
}

/**
 * Returns whether a card that was moved along stands still beside its field, not beside another one.
 * @param {Box} box
 * @param {Box} reference
 */
function isBeside(box, reference) {
  const [x, y] = [
    Math.min(box.right, reference.right) - Math.max(box.left, reference.left),
    Math.min(box.bottom, reference.bottom) - Math.max(box.top, reference.top),
  ];
  return Math.max(x, y) >= MIN_SHARED;
}
