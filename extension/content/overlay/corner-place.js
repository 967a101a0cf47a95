// Where the corner panel stands, and in which form: whole, with the docked card alone, as a chip, or not at all.
import { boxesOverlap } from '../dom/boxes.js';
import { cornerState, drawCorner, hideCorner } from './corner-panel.js';
import { movePart, overlayRoot } from './host.js';

/** @typedef {import('../dom/boxes.js').Box} Box */
/** @typedef {import('./placement.js').Size} Size */

// All lengths are in CSS pixels.

const WIDTH = 320;
const MAX_HEIGHT = 420;
const LOW_HEIGHT = 170;
/** The largest share of the window's height. */
const MAX_SHARE = 0.6;
/** Between the panel and the edges of the window. */
const MARGIN = 8;
/** What a place over the dialog costs, in the square pixels of text that it is worth to cover instead. */
const DIALOG_COST = 100_000;
/** Between the places along the edges where the chip is tried. */
const STEP = 40;

/**
 * @typedef {object} CornerRequest
 * @property {import('./obstacles.js').Obstacles} obstacles
 * @property {Box} bounds the visible window
 * @property {Box[]} taken the boxes of the card and the badges
 * @property {Box | null} card the box of the card beside its field
 * @property {Box | null} dialog the box of the modal dialog that is open
 * @property {Box | null} focus the box of the control that has the focus
 * @property {Element[]} listed the fields whose badges have no room
 * @property {HTMLElement | null} docked the card that has no room beside its field
 * @property {boolean} wantsDock whether the user asked for that card
 */

/**
 * Draws the panel where it covers nothing. One that the user opened may cover badges and controls.
 * @param {CornerRequest} request
 * @returns {boolean} whether the card is docked in it
 */
export function placeCorner(request) {
  const { listed, docked, wantsDock } = request;
  const { folded, wanted } = /** @type {{folded: boolean, wanted: boolean}} */ (cornerState());
  const forced = docked ? wantsDock : wanted;
  if (docked) {
    if (!folded && tryPanel('panel', MAX_HEIGHT, request)) return true;
    if (tryPanel('card', MAX_HEIGHT, request) || tryPanel('card', LOW_HEIGHT, request)) return true;
    if (forced && forcePanel('card', request)) return true;
  } else if (wanted || (!folded && !overlayRoot.activeElement?.matches('.corner-tab'))) { // not under the user's focus
    if (tryPanel('panel', MAX_HEIGHT, request, wanted)) return false;
    if (forced && forcePanel('panel', request)) return false;
  }
  const chip = drawCorner('chip', listed, null);
  const size = { width: chip.offsetWidth, height: chip.offsetHeight };
  const box = cheapest(edgePlaces(size, request.bounds), (place) => {
    if (isBlocked({ ...request, dialog: null }, place)) return Infinity;
    return request.obstacles.textIn(place) + (request.dialog && boxesOverlap(place, request.dialog) ? DIALOG_COST : 0);
  });
  if (box) movePart(chip, box);
  else hideCorner();
  return false;
}

/**
 * Moves a part into a corner, or along the edges, where it covers no control.
 * @param {HTMLElement} part
 * @param {Box} bounds
 * @param {import('./obstacles.js').Obstacles} obstacles
 * @returns {boolean} whether there is such a place
 */
export function placeInCorner(part, bounds, obstacles) {
  part.hidden = false;
  const size = { width: part.offsetWidth, height: part.offsetHeight };
  const box = [...cornerPlaces(size, bounds), ...edgePlaces(size, bounds)].find((place) => !obstacles.blocks(place));
  if (box) movePart(part, box);
  return box !== undefined;
}

/**
 * @param {'panel' | 'card'} form
 * @param {number} maxHeight
 * @param {CornerRequest} request
 * @param {boolean} [wanted] whether the user opened it: it then moves to another corner where the card has taken its own
 * @returns {boolean} whether there is a corner where it covers nothing
 */
function tryPanel(form, maxHeight, request, wanted = false) {
  const { element, size } = measure(form, maxHeight, request);
  const { card, obstacles } = request;
  // In the corner where it is expected, it may cover text.
  const box = cornerPlaces(size, request.bounds).find((place, index) => (
    !isBlocked(request, place, !wanted) && (index === 0 || obstacles.textIn(place) === 0)
  ));
  if (!box || (card && !wanted && boxesOverlap(card, box))) return false;
  movePart(element, box);
  return true;
}

/**
 * Draws a panel that the user opened where it covers least, but neither a layer of the page, nor the focus.
 * @param {'panel' | 'card'} form
 * @param {CornerRequest} request
 * @returns {boolean} whether there is such a corner
 */
function forcePanel(form, request) {
  const { element, size } = measure(form, form === 'card' ? LOW_HEIGHT : MAX_HEIGHT, request);
  const { obstacles, focus, card, bounds } = request;
  const box = cheapest(cornerPlaces(size, bounds), (place) => (
    [focus, card].some((other) => other && boxesOverlap(place, other)) ? Infinity : obstacles.countControls(place)
  ));
  if (box) movePart(element, box);
  return box !== null;
}

/**
 * @param {'panel' | 'card'} form
 * @param {number} maxHeight
 * @param {CornerRequest} request
 */
function measure(form, maxHeight, { listed, docked, bounds }) {
  if (docked) {
    docked.hidden = false;
    docked.style.maxWidth = docked.style.maxHeight = docked.style.transform = '';
  }
  const element = drawCorner(form, listed, docked);
  element.style.width = `${Math.min(WIDTH, bounds.right - bounds.left - 2 * MARGIN)}px`;
  element.style.maxHeight = `${Math.min(maxHeight, MAX_SHARE * (bounds.bottom - bounds.top))}px`;
  return { element, size: { width: element.offsetWidth, height: element.offsetHeight } };
}

/**
 * @param {CornerRequest} request
 * @param {Box} place
 * @param {boolean} [ignoresCard] whether the card is left out
 */
function isBlocked({ taken, card, focus, dialog, obstacles }, place, ignoresCard = false) {
  const others = ignoresCard ? taken.filter((box) => box !== card) : taken;
  return [...others, focus, dialog].some((other) => other && boxesOverlap(place, other)) || obstacles.blocks(place);
}

/**
 * @param {Box[]} places
 * @param {(place: Box) => number} cost
 * @returns {Box | null} the first of the cheapest; null if every one is forbidden
 */
function cheapest(places, cost) {
  let best = null;
  let bestCost = Infinity;
  for (const place of places) {
    const price = cost(place);
    if (price >= bestCost) continue;
    [best, bestCost] = [place, price];
    if (price === 0) break;
  }
  return best;
}

/**
 * @param {Size} size
 * @param {Box} bounds
 * @returns {Box[]} the corners, in the order of preference
 */
function cornerPlaces({ width, height }, { left, top, right, bottom }) {
  const [start, end] = [left + MARGIN, right - MARGIN - width];
  return [[end, bottom - MARGIN - height], [start, bottom - MARGIN - height], [end, top + MARGIN], [start, top + MARGIN]]
    .map(([x, y]) => boxAt(x, y, { width, height }));
}

/**
 * @param {Size} size
 * @param {Box} bounds
 * @returns {Box[]} places along the edges, from the bottom right
 */
function edgePlaces(size, { left, top, right, bottom }) {
  const [end, low] = [right - size.width, bottom - size.height];
  const places = [[end, low], [left, low]];
  for (let x = end - STEP; x > left; x -= STEP) places.push([x, low]);
  for (let y = low - STEP; y > top; y -= STEP) places.push([end, y], [left, y]);
  for (let x = end; x > left; x -= STEP) places.push([x, top]);
  return places.map(([x, y]) => boxAt(x, y, size));
}

/**
 * @param {number} left
 * @param {number} top
 * @param {Size} size
 * @returns {Box}
 */
function boxAt(left, top, { width, height }) {
  return { left, top, right: left + width, bottom: top + height };
}
