// Where a hint card or badge is placed: beside its field, otherwise below or above it, never over it.
import { matchesSelector } from '../dom/safe-dom.js';
import { boxesOverlap } from './boxes.js';
import { cornerPanelBox } from './corner-panel.js';
import { overlayOrigin } from './host.js';
import { visibleAreaOf } from './visible-area.js';

/** @typedef {import('./boxes.js').Box} Box */
/** @typedef {{width: number, height: number}} Size */

// All lengths are in CSS pixels.

/** The room that a readable card needs to the right of a field. */
const ROOM_BESIDE = 260;
/** Between a field and its card. */
const GAP = 10;
/** Between a card and the edge of the window. */
const MARGIN = 8;
/** Between a field and its badge. */
const BADGE_GAP = 4;
/** The minimum height. A lower card would be unreadable, so it extends beyond the window instead. */
const MIN_HEIGHT = 60;
/** The maximum height above or below a field, where a card covers other fields; a higher one scrolls. */
const MAX_HEIGHT = 240;
const MAX_WIDTH = 320;

/**
 * @param {Element} field
 * @returns {boolean}
 */
export function hasRoomBeside(field) {
  return window.innerWidth - field.getBoundingClientRect().right >= ROOM_BESIDE;
}

/**
 * Places a card or badge at its field; hides it while nothing of the field is visible.
 * @param {HTMLElement} card
 * @param {Element} field
 */
export function positionCard(card, field) {
  card.hidden = visibleAreaOf(field) === null;
  if (card.hidden) return;
  const { left, top } = card.matches('button') ? badgePosition(card, field) : cardPosition(card, field);
  const origin = overlayOrigin();
  card.style.transform = `scale(${1 / origin.scale}) `
    + `translate(${Math.round(left - origin.left)}px, ${Math.round(top - origin.top)}px)`;
}

/**
 * @param {HTMLElement} card
 * @param {Element} field
 */
function cardPosition(card, field) {
  const target = field.getBoundingClientRect();
  const beside = hasRoomBeside(field);
  const width = beside ? window.innerWidth - target.right - GAP - MARGIN : visibleWidth() - 2 * MARGIN;
  card.style.maxWidth = `${Math.min(MAX_WIDTH, width)}px`;
  card.style.maxHeight = '';
  const size = { width: card.offsetWidth, height: card.offsetHeight };
  if (!isInputField(field)) return besideButton(size, target);
  return beside ? besideField(size, target) : belowOrAboveField(card, size, target);
}

/** @param {Element} anchor */
function isInputField(anchor) {
  return matchesSelector(anchor, 'input:not([type=submit], [type=button], [type=image]), textarea, select');
}

/**
 * Returns the position that covers the fewest of the controls around a button.
 * @param {Size} size
 * @param {DOMRect} button
 */
function besideButton(size, button) {
  const { width, height } = size;
  const clamp = (/** @type {number} */ value, /** @type {number} */ limit) => (
    Math.max(MARGIN, Math.min(value, limit - MARGIN))
  );
  const positions = [
    besideField(size, button),
    { left: button.left, top: button.bottom + GAP / 2 },
    { left: button.left, top: button.top - GAP / 2 - height },
    { left: button.left - GAP - width, top: button.top },
  ].map(({ left, top }) => ({
    left: clamp(left, visibleWidth() - width), top: clamp(top, window.innerHeight - height),
  }));
  const covered = positions.map(({ left, top }) => (
    countControls({ left, top, right: left + width, bottom: top + height })
  ));
  return positions[covered.indexOf(Math.min(...covered))];
}

/**
 * @param {Box} box
 * @returns {number} how many of the page's controls are in it
 */
function countControls(box) {
  const selector = 'input:not([type=hidden]), textarea, select, button, a[href], [role=button]';
  const controls = [...document.querySelectorAll(selector)];
  return controls.filter((control) => boxesOverlap(box, control.getBoundingClientRect())).length;
}

/** Returns the width of the window without the scroll bar. */
function visibleWidth() {
  return document.documentElement.clientWidth || window.innerWidth;
}

/**
 * Returns a position level with the field, moved up as far as needed to stay in the window and clear of the corner
 * panel.
 * @param {Size} size
 * @param {DOMRect} field
 */
function besideField({ width, height }, field) {
  const left = field.right + GAP;
  const corner = cornerPanelBox();
  const room = (corner !== undefined && left + width > corner.left ? corner.top : window.innerHeight) - MARGIN;
  // Beside another field it would seem to belong to that one; covering the corner panel is better.
  const bottom = Math.max(room, Math.min(field.bottom, window.innerHeight - MARGIN));
  return { left, top: Math.max(MARGIN, Math.min(field.top, bottom - height)) };
}

/**
 * Returns a position below the field, or above it where there is more room; limits the card's height to that room.
 * @param {HTMLElement} card
 * @param {Size} size
 * @param {DOMRect} field
 */
function belowOrAboveField(card, { width, height }, field) {
  const room = {
    above: field.top - GAP / 2 - MARGIN,
    below: window.innerHeight - field.bottom - GAP / 2 - MARGIN,
  };
  const desired = Math.min(height, MAX_HEIGHT);
  const above = desired > room.below && room.above > room.below;
  const shown = Math.min(desired, Math.max(above ? room.above : room.below, MIN_HEIGHT));
  if (shown < height) card.style.maxHeight = `${shown}px`;
  const left = Math.min(field.right, visibleWidth() - MARGIN) - width;
  return { left: Math.max(MARGIN, left), top: above ? field.top - GAP / 2 - shown : field.bottom + GAP / 2 };
}

/**
 * Returns a position beside the field, or above its end: below a field there is mostly another one.
 * @param {HTMLElement} badge
 * @param {Element} field
 */
function badgePosition(badge, field) {
  const { right, top, height } = field.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: badgeHeight } = badge;
  if (right + BADGE_GAP + width <= visibleWidth()) {
    return { left: right + BADGE_GAP, top: top + Math.min(0, (height - badgeHeight) / 2) };
  }
  return { left: Math.min(right, visibleWidth()) - width, top: top - badgeHeight - 1 };
}

/**
 * Returns the box that a card of this size would have beside its field; undefined where it would not be shown there.
 * @param {Size} size
 * @param {Element} field
 * @returns {Box | undefined}
 */
export function expectedCardBox(size, field) {
  if (!hasRoomBeside(field) || visibleAreaOf(field) === null) return undefined;
  const target = field.getBoundingClientRect();
  const { left, top } = isInputField(field) ? besideField(size, target) : besideButton(size, target);
  return { left, top, right: left + size.width, bottom: top + size.height };
}
