// Decides where everything stands: the open card beside its field, the badges outside the boxes of their controls, the
// panel in a corner. Nothing covers a control or a layer of the page, a badge covers no text, and no two parts overlap.
// What has no room goes into the corner panel, and that folds to a chip, and the chip is hidden, where it has none.
import { deepActiveElement } from '../dom/composed-tree.js';
import { areaOf, boxOf, boxesOverlap, intersection, isEmpty } from '../dom/boxes.js';
import { mayStay, placeCard } from './card-place.js';
import { cornerContent, cornerState, hideCorner } from './corner-panel.js';
import { placeCorner } from './corner-place.js';
import { drawnBoxOf } from './drawn-box.js';
import {
  drawBadge, drawCard, drawnCard, fieldToOpen, fieldsWithHints, hintsOf, isOpenedByUser, keepHints, removeBadge, removeCard,
} from './hint-cards.js';
import { movePart, overlayHasFocus, overlayRoot, whileUntouchable } from './host.js';
import { enterLayer, stayOnTop } from './layers.js';
import { Obstacles } from './obstacles.js';
import { countFindings, highestSeverity } from './hint-card-content.js';
import { isTyping, lookVersion } from './page-look.js';
import { findPlace } from './placement.js';
import { visibleAreaOf } from './visible-area.js';
import { visibleWindow } from './visible-window.js';

/** @typedef {import('../dom/boxes.js').Box} Box */
/** @typedef {import('./placement.js').Side} Side */

// All lengths are in CSS pixels.

/** Between a control's box and its badge. */
const BADGE_GAP = 3;
/** The same where an edge of the page, such as that of a menu, is close to the control. */
const WIDE_BADGE_GAP = 12;
/** Between a part and the edge of the window. */
const MARGIN = 4;
/** @type {readonly Side[]} */
const BADGE_SIDES = ['right', 'top-end', 'bottom-end', 'left', 'top-start', 'bottom-start'];
/** Beside a control that is higher than this, a badge stands level with its first line. */
const ONE_LINE = 60;
/** A dialog that takes a larger share of the window leaves no room beside it. */
const WINDOW_SHARE = 0.8;
/** While nothing has moved, places are verified at most this often, in milliseconds; and while the user types. */
const VERIFY_INTERVAL = 200;
const VERIFY_INTERVAL_TYPING = 500;
/** How long that waits for the page to pause, in milliseconds. */
const MAX_BUSY_TIME = 200;

/** A layout that takes longer, in milliseconds, is followed by a rest of this many times its duration. */
const SLOW = 110;
const REST = 3;

/** Counts the layouts: a later one replaces one that has not finished. */
let current = 0;
/** What the last complete layout was made for, on which look of the page, and when. */
let lastState = '';
let lastLook = 0;
let lastTime = -Infinity;
/** How long it took, in milliseconds. */
let lastDuration = 0;
/** The size of the card that it has drawn. */
let lastCardSize = '';
/** Whether the last layout could not look at all points in time, and how often it was repeated for that. */
let wasHasty = false;
let repeats = 0;
const MAX_REPEATS = 3;

/**
 * Cancels the next layout that is planned; null for none.
 * @type {(() => void) | null}
 */
let planned = null;

/**
 * The fields that are visible: the visible part of the field, and of the box drawn around it.
 * @typedef {Map<Element, {area: Box, box: Box}>} VisibleFields
 */

/** Lays everything out: at once where something has moved, otherwise soon, and not at all for a key that moves nothing. */
export async function layOut() {
  keepHints((field) => field.isConnected);
  if (cornerState() === null) return;
  const state = currentState();
  const elapsed = performance.now() - lastTime;
  if (state !== lastState) {
    const rest = lastDuration > SLOW ? REST * lastDuration - elapsed : 0;
    if (rest <= 0) {
      await layOutNow();
      return;
    }
    if (!overlayHasFocus()) showParts(false);
    lastState = '';
    plan(rest);
    return;
  }
  const kept = keepInPlace();
  const typing = isTyping();
  if (kept && typing && lookVersion() === lastLook) return;
  const rest = Math.max(typing ? VERIFY_INTERVAL_TYPING : VERIFY_INTERVAL, REST * lastDuration) - elapsed;
  if (!kept || (rest <= 0 && !typing)) await layOutNow();
  else if (planned === null) plan(Math.max(0, rest));
}

/**
 * Plans a layout for when the page pauses.
 * @param {number} rest in milliseconds
 */
function plan(rest) {
  planned?.();
  let idle = 0;
  const timer = setTimeout(() => { idle = requestIdleCallback(layOutNow, { timeout: MAX_BUSY_TIME }); }, rest);
  planned = () => {
    clearTimeout(timer);
    cancelIdleCallback(idle);
    planned = null;
  };
}

async function layOutNow() {
  planned?.();
  keepHints((field) => field.isConnected);
  if (cornerState() === null) return;
  current += 1;
  const layout = current;
  const began = performance.now();
  const look = lookVersion();
  const fields = fieldsWithHints();
  const open = fieldToOpen();
  const modal = enterLayer(fields, open);
  await whileUntouchable(async () => {
    const bounds = currentBounds();
    const visible = visibleFields(fields, bounds);
    const focused = focusedElement();
    await placeAll({
      layout, bounds, visible, open: open && visible.has(open) ? open : null, modal, focused, focus: focused && drawnBoxOf(focused),
    });
  });
  if (layout !== current) return;
  showParts(true);
  stayOnTop();
  lastState = currentState();
  lastLook = look;
  lastCardSize = cardSize();
  lastTime = performance.now();
  lastDuration = lastTime - began;
  // What could not be looked at in time may be covered.
  repeats = wasHasty && repeats < MAX_REPEATS ? repeats + 1 : 0;
  if (repeats > 0) plan(REST * lastDuration);
}

/** Returns the part of the window in which the parts may stand. */
function currentBounds() {
  return withMargin(visibleWindow());
}

/** @returns {Element | null} the page's element that has the focus */
function focusedElement() {
  const active = overlayHasFocus() ? null : deepActiveElement();
  return active === document.body ? null : active;
}

/** Returns what decides on the layout and is cheap to determine, as JSON. The content of the open card is not part of it. */
function currentState() {
  const open = fieldToOpen();
  const focused = focusedElement();
  const card = drawnCard()?.field;
  return JSON.stringify([
    currentBounds(), focused && boxOf(focused), cornerState(), cornerContent(),
    fieldsWithHints().map((field) => [boxOf(field), field === open, field === card || summaryOf(field)]),
  ]);
}

/**
 * Draws the hints that were checked last in their places.
 * @returns {boolean} whether nothing has to move for that
 */
function keepInPlace() {
  const card = drawnCard();
  const open = fieldToOpen();
  for (const field of fieldsWithHints()) if (hintsOf(field).badge) drawBadge(field);
  if (!card) return true;
  if (card.field !== open) return false;
  const element = drawCard(open);
  if (element === card.element) return true;
  const size = cardSize();
  if (size === lastCardSize) return true;
  // The corner panel grows with a card that is docked in it.
  if (element.parentNode !== overlayRoot) return false;
  const bounds = currentBounds();
  lastCardSize = size;
  return mayStay(element, bounds, () => new Obstacles(fieldsWithHints(), focusedElement(), bounds));
}

function cardSize() {
  const element = drawnCard()?.element;
  return element ? `${element.offsetWidth} ${element.offsetHeight}` : '';
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
  wasHasty = false;
  /** @type {Box[]} */
  const taken = [];
  const card = open ? drawCard(open) : null;
  if (card === null) removeCard();
  const reference = open && visible.get(open)?.box;
  const isCurrent = () => layout === current;
  const cardBox = open && card && reference ? await placeCard({ card, field: open, reference, obstacles, bounds, isCurrent }) : null;
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
  wasHasty = obstacles.isExhausted();
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
  planned?.();
  lastState = '';
  keepHints(() => false);
  if (drawnCard()) removeCard();
}
