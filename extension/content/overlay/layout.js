// Decides where everything stands: the open card beside its field, the badges outside the boxes of their controls, the
// panel in a corner. Nothing covers a control or a layer of the page, a badge covers no text, and no two parts overlap.
// What has no room goes into the corner panel, and that folds to a chip, and the chip is hidden, where it has none.
import { deepActiveElement } from '../dom/composed-tree.js';
import { areaOf, boxOf, boxesOverlap, holds, intersection, isEmpty } from './boxes.js';
import { cornerContent, cornerState, hideCorner } from './corner-panel.js';
import { placeCorner } from './corner-place.js';
import { drawnBoxOf } from './drawn-box.js';
import {
  drawBadge, drawCard, drawnCard, fieldToOpen, fieldsWithHints, hintsOf, isOpenedByUser, keepHints, removeBadge, removeCard,
} from './hint-cards.js';
import { movePart, overlayHasFocus, overlayRoot, reparentDrawn } from './host.js';
import { enterLayer, stayOnTop } from './layers.js';
import { Obstacles } from './obstacles.js';
import { countFindings, highestSeverity } from './hint-card-content.js';
import { findPlace } from './placement.js';
import { visibleAreaOf } from './visible-area.js';
import { visibleWindow } from './visible-window.js';

/** @typedef {import('./boxes.js').Box} Box */
/** @typedef {import('./placement.js').Side} Side */

// All lengths are in CSS pixels.

/** Between a control's box and its card. */
const CARD_GAP = 8;
/** Between a control's box and its badge. */
const BADGE_GAP = 3;
/** The same where an edge of the page, such as that of a menu, is close to the control. */
const WIDE_BADGE_GAP = 12;
/** Between a part and the edge of the window. */
const MARGIN = 4;
/** The sizes of a card that are tried: the widest, a narrow one, a low one that scrolls, and the narrowest. */
const CARD_SIZES = [{ width: 320, height: 460 }, { width: 230, height: 460 }, { width: 320, height: 150 }, { width: 180, height: 460 }];
/** The step in which a card is moved up along the side of its field. */
const CARD_SLIDE = 40;
/** @type {readonly Side[]} */
const CARD_SIDES = ['right-start', 'right-end', 'bottom-end', 'bottom-start', 'top-end', 'top-start', 'left-start', 'left-end'];
/** @type {readonly Side[]} */
const BADGE_SIDES = ['right', 'top-end', 'bottom-end', 'left', 'top-start', 'bottom-start'];
/** Beside a control that is higher than this, a badge stands level with its first line. */
const ONE_LINE = 60;
/** A dialog that takes a larger share of the window leaves no room beside it. */
const WINDOW_SHARE = 0.8;
/** While nothing has moved, places are verified at most this often, in milliseconds: the user may be typing. */
const VERIFY_INTERVAL = 200;

/** A layout that takes longer, in milliseconds, is followed by a rest of this many times its duration. */
const SLOW = 110;
const REST = 3;

/** Counts the layouts: a later one replaces one that has not finished. */
let current = 0;
/** What the last complete layout was made for, and when. */
let lastState = '';
let lastTime = -Infinity;
/** How long the last one took, in milliseconds. */
let lastDuration = 0;
let timer = 0;

/**
 * Where the open card was placed last, and for which box of its field.
 * @type {{field: Element, reference: Box, limit: typeof CARD_SIZES[0], box: Box} | null}
 */
let lastCard = null;

/**
 * The fields that are visible: the visible part of the field, and of the box drawn around it.
 * @typedef {Map<Element, {area: Box, box: Box}>} VisibleFields
 */

/** Lays everything out, now or, if nothing has moved, soon. */
export async function layOut() {
  current += 1;
  const layout = current;
  keepHints((field) => field.isConnected);
  if (cornerState() === null) return;
  const fields = fieldsWithHints();
  const open = fieldToOpen();
  const modal = enterLayer(fields, open);
  const bounds = withMargin(visibleWindow());
  const visible = visibleFields(fields, bounds);
  const active = overlayHasFocus() ? null : deepActiveElement();
  const focused = active === document.body ? null : active;
  const focus = focused && drawnBoxOf(focused);
  const state = JSON.stringify([bounds, focus, [...visible.values()], fields.map((field) => [summaryOf(field), field === open]), cornerState(), cornerContent(), modal !== null]);
  const began = performance.now();
  const rest = (state === lastState ? Math.max(VERIFY_INTERVAL, REST * lastDuration) : (lastDuration > SLOW ? REST * lastDuration : 0)) - (began - lastTime);
  clearTimeout(timer);
  if (rest > 0 && (state !== lastState || !redrawCard(open))) {
    if (state !== lastState && !overlayHasFocus()) showParts(false);
    timer = setTimeout(layOut, rest);
    return;
  }
  await placeAll({ layout, bounds, visible, open: open && visible.has(open) ? open : null, modal, focused, focus });
  if (layout !== current) return;
  showParts(true);
  stayOnTop();
  lastState = state;
  lastTime = performance.now();
  lastDuration = lastTime - began;
}

/**
 * Returns what the badge of a field shows.
 * @param {Element} field
 */
function summaryOf(field) {
  const { hints } = hintsOf(field);
  return [countFindings(hints), highestSeverity(hints)];
}

/**
 * Draws the open card anew in its place, for the text that was checked last.
 * @param {Element | null} open
 * @returns {boolean} whether its size has changed
 */
function redrawCard(open) {
  const card = drawnCard();
  if (!open || card?.field !== open) return false;
  const { offsetWidth, offsetHeight } = card.element;
  const element = drawCard(open);
  return element.offsetWidth !== offsetWidth || element.offsetHeight !== offsetHeight;
}

/**
 * Hides the parts while they are not where they belong, on pages where that takes long to find out.
 * @param {boolean} shown
 */
function showParts(shown) {
  for (const part of overlayRoot.querySelectorAll('.card, .badge, .corner, .corner-tab')) {
    /** @type {HTMLElement} */ (part).style.visibility = shown ? '' : 'hidden';
  }
}

/** Forgets the last layout, so that the next one is made at once: what is drawn has changed. */
export function invalidateLayout() {
  lastState = '';
}

/**
 * @param {object} request
 * @param {number} request.layout
 * @param {Box} request.bounds
 * @param {VisibleFields} request.visible
 * @param {Element | null} request.open
 * @param {Element | null} request.modal
 * @param {Element | null} request.focused the page's element that has the focus
 * @param {Box | null} request.focus its box
 */
async function placeAll({ layout, bounds, visible, open, modal, focused, focus }) {
  for (const field of fieldsWithHints()) if (!visible.has(field)) removeBadge(field);
  const obstacles = new Obstacles(fieldsWithHints(), focused, bounds);
  /** @type {Box[]} */
  const taken = [];
  const card = open ? drawCard(open) : null;
  if (card === null) removeCard();
  const cardBox = open && card && await placeCard(card, open, visible, obstacles, bounds);
  if (layout !== current) return;
  if (cardBox) taken.push(cardBox);
  const withBadge = [...visible.keys()].filter((field) => field !== open || !cardBox);
  if (open && cardBox) removeBadge(open);
  /** @type {Element[]} */
  const listed = [];
  for (const field of withBadge) {
    if (field === open) continue;
    const box = await placeBadge(field, visible, obstacles, bounds, taken);
    if (layout !== current) return;
    if (box) taken.push(box);
    else listed.push(field);
  }
  if (modal && visible.size === 0) {
    hideCorner();
    removeCard();
    return;
  }
  const docked = cardBox ? null : card;
  const dialog = modal && boxOf(modal);
  const isDocked = placeCorner({
    obstacles, bounds, taken, focus, listed, docked,
    card: cardBox || null,
    dialog: dialog && areaOf(intersection(dialog, bounds)) < WINDOW_SHARE * areaOf(bounds) ? dialog : null,
    wantsDock: isOpenedByUser(),
  });
  hideBadgesUnderCorner();
  if (!open || cardBox) return;
  if (isDocked) {
    removeBadge(open);
    return;
  }
  // The card waits for the user to ask for it.
  removeCard();
  const corner = overlayRoot.querySelector('.corner, .corner-tab');
  if (corner) taken.push(boxOf(corner));
  await placeBadge(open, visible, obstacles, bounds, taken);
}

/** Removes the badges that a panel covers which the user opened. */
function hideBadgesUnderCorner() {
  const corner = overlayRoot.querySelector('.corner');
  if (!corner) return;
  const box = boxOf(corner);
  for (const field of fieldsWithHints()) {
    const { badge } = hintsOf(field);
    if (badge && boxesOverlap(boxOf(badge), box)) removeBadge(field);
  }
}

/**
 * @param {Element[]} fields
 * @param {Box} bounds
 * @returns {VisibleFields}
 */
function visibleFields(fields, bounds) {
  /** @type {VisibleFields} */
  const visible = new Map();
  for (const field of fields) {
    const area = visibleAreaOf(field);
    if (area === null) continue;
    const box = intersection(drawnBoxOf(field), bounds);
    visible.set(field, { area, box: isEmpty(box) ? area : box });
  }
  return visible;
}

/**
 * @param {HTMLElement} card
 * @param {Element} field
 * @param {VisibleFields} visible
 * @param {Obstacles} obstacles
 * @param {Box} bounds
 * @returns {Promise<Box | null>} null where there is no room
 */
async function placeCard(card, field, visible, obstacles, bounds) {
  const { box: reference } = /** @type {{box: Box}} */ (visible.get(field));
  const layout = current;
  if (card.parentNode !== overlayRoot) reparentDrawn(card, overlayRoot);
  const cost = (/** @type {Box} */ box) => (
    boxesOverlap(box, reference) || !isBeside(box, reference) || obstacles.blocks(box) ? Infinity : obstacles.textIn(box)
  );
  /** @type {{place: {box: Box, cost: number}, limit: typeof CARD_SIZES[0]} | null} */
  let best = lastCard?.field === field && sameBox(lastCard.reference, reference) ? stay(card, lastCard, bounds, cost) : null;
  for (const limit of best ? [] : CARD_SIZES) {
    const size = sizeOf(card, limit, bounds);
    const place = await findPlace({ size, reference, sides: CARD_SIDES, slide: CARD_SLIDE, gap: CARD_GAP, bounds, shifts: true, cost });
    if (layout !== current) return null;
    if (place && place.cost < (best?.place.cost ?? Infinity)) best = { place, limit };
    if (best?.place.cost === 0) break;
  }
  card.hidden = best === null;
  if (best === null) return null;
  sizeOf(card, best.limit, bounds);
  movePart(card, best.place.box);
  lastCard = { field, reference, limit: best.limit, box: best.place.box };
  return best.place.box;
}

/**
 * Returns the place of a card whose content has changed if it is still free: it should not move while the user types.
 * @param {HTMLElement} card
 * @param {NonNullable<typeof lastCard>} last
 * @param {Box} bounds
 * @param {(box: Box) => number} cost
 */
function stay(card, { limit, box: { left, top } }, bounds, cost) {
  const { width, height } = sizeOf(card, limit, bounds);
  const box = { left, top, right: left + width, bottom: top + height };
  return holds(bounds, box, 1) && cost(box) === 0 ? { place: { box, cost: 0 }, limit } : null;
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
  card.style.maxHeight = `${Math.min(limit.height, 0.7 * (bounds.bottom - bounds.top))}px`;
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
  return Math.max(x, y) >= 16;
}

/**
 * @param {Element} field
 * @param {VisibleFields} visible
 * @param {Obstacles} obstacles
 * @param {Box} bounds
 * @param {Box[]} taken
 * @returns {Promise<Box | null>} null where there is no room
 */
async function placeBadge(field, visible, obstacles, bounds, taken) {
  const { box: reference } = /** @type {{box: Box}} */ (visible.get(field));
  const layout = current;
  const badge = drawBadge(field);
  const size = { width: badge.offsetWidth, height: badge.offsetHeight };
  const isHigh = reference.bottom - reference.top > ONE_LINE;
  const sides = isHigh ? BADGE_SIDES.map((side) => /** @type {Side} */ (/^(right|left)$/.test(side) ? `${side}-start` : side)) : BADGE_SIDES;
  const cost = (/** @type {Box} */ box) => (
    taken.some((other) => boxesOverlap(box, other)) || obstacles.blocks(box) || obstacles.textIn(box) > 0 ? Infinity : 0
  );
  let place = await findPlace({ size, reference, sides, gap: BADGE_GAP, bounds, shifts: false, cost });
  place ??= await findPlace({ size, reference, sides, gap: WIDE_BADGE_GAP, bounds, shifts: false, cost });
  if (layout !== current) return null;
  if (place === null) {
    removeBadge(field);
    return null;
  }
  movePart(badge, place.box);
  return place.box;
}

/** @param {Box} box */
function withMargin({ left, top, right, bottom }) {
  return { left: left + MARGIN, top: top + MARGIN, right: right - MARGIN, bottom: bottom - MARGIN };
}

/** Removes everything that is laid out. */
export function removeLayout() {
  current += 1;
  clearTimeout(timer);
  lastState = '';
  keepHints(() => false);
  if (drawnCard()) removeCard();
}
