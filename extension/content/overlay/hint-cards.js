// The hints at fields and buttons: a badge at each, and one card, which opens for the field that has the focus or whose
// badge was pressed. Where they stand is decided in `layout.js`.
import { hasFocusWithin, controlOf } from '../dom/widgets.js';
import { isWritable } from '../fixes/apply-fixes.js';
import { createBadge, createCard } from './hint-card-content.js';
import { overlayHasFocus, overlayRoot, removeDrawn, replaceDrawn, whileMovingFocus } from './host.js';

/** @typedef {import('../../types/messages').OverlayTexts} OverlayTexts */
/** @typedef {import('../../types/messages').LocalizedHint} LocalizedHint */
/** @typedef {import('./hint-card-content.js').CardEvents} CardEvents */

/**
 * @typedef {object} FieldHints
 * @property {LocalizedHint[]} hints
 * @property {string} checked the field's text that they refer to
 * @property {OverlayTexts} texts
 * @property {CardEvents} events
 * @property {boolean} folded whether the user folded the card, which then opens by its badge only
 * @property {HTMLElement | null} badge
 * @property {string} badgeFrom what the badge was drawn from, as JSON
 */
/** @type {Map<Element, FieldHints>} */
const fields = new Map();

/**
 * The field whose card the user opened, and the field that had the focus then: it stays open until another gets the focus.
 * @type {{field: Element, focused: Element | null} | null}
 */
let opened = null;
/**
 * The card that is drawn.
 * @type {{field: Element, element: HTMLElement, from: string} | null}
 */
let card = null;
/** Called after the user opened or folded a card. */
let changed = () => {};

/** @param {() => void} listener */
export function onCardToggled(listener) {
  changed = listener;
}

/**
 * Sets the hints of a field or button. `layout` draws them.
 * @param {Element} field what the user sees of it
 * @param {LocalizedHint[]} hints
 * @param {string} checked the field's text that they refer to
 * @param {OverlayTexts} texts
 * @param {CardEvents} events
 */
export function setHints(field, hints, checked, texts, events) {
  const { folded = false, badge = null, badgeFrom = '' } = fields.get(field) ?? {};
  fields.set(field, { hints, checked, texts, events, folded, badge, badgeFrom });
}

/**
 * Removes the hints of all other fields.
 * @param {(field: Element) => boolean} isKept
 */
export function keepHints(isKept) {
  for (const [field, { badge }] of fields) {
    if (isKept(field)) continue;
    if (badge) removeDrawn(badge, field);
    fields.delete(field);
    if (opened?.field === field) opened = null;
    if (card?.field === field) removeCard();
  }
}

/** @returns {Element[]} the fields with hints, in the order of the page's answer */
export function fieldsWithHints() {
  return [...fields.keys()];
}

/**
 * @param {Element} field
 * @returns {FieldHints} its hints, which it must have
 */
export function hintsOf(field) {
  return /** @type {FieldHints} */ (fields.get(field));
}

/** @returns {Element | null} the field with hints that has the focus */
function focusedField() {
  return fieldsWithHints().find(hasFocusWithin) ?? null;
}

/** @returns {Element | null} the field whose card is to be open */
export function fieldToOpen() {
  if (overlayHasFocus()) {
    const kept = opened?.field ?? card?.field ?? null;
    return kept && fields.has(kept) && !hintsOf(kept).folded ? kept : null;
  }
  const focused = focusedField();
  if (opened && focused !== null && focused !== opened.focused && focused !== opened.field) opened = null;
  if (opened) return opened.field;
  return focused && !hintsOf(focused).folded ? focused : null;
}

/** @returns {boolean} whether the user asked for the open card by its badge or by the keyboard */
export function isOpenedByUser() {
  return opened !== null;
}

/**
 * Opens the card of a field.
 * @param {Element} field with hints
 */
export function openCard(field) {
  hintsOf(field).folded = false;
  opened = { field, focused: focusedField() };
  changed();
}

/** Folds the open card to its badge. */
export function foldCard() {
  const field = card?.field;
  if (field && fields.has(field)) hintsOf(field).folded = true;
  opened = null;
  changed();
}

/** Folds the open card and returns the focus to its field. */
export function leaveCard() {
  const field = card?.field;
  if (field) /** @type {HTMLElement} */ (controlOf(field)).focus({ preventScroll: true });
  foldCard();
}

/** @returns {{field: Element, element: HTMLElement} | null} the card that is drawn */
export function drawnCard() {
  return card;
}

/**
 * Draws the card of a field, and removes that of another one.
 * @param {Element} field with hints
 * @returns {HTMLElement}
 */
export function drawCard(field) {
  const { hints, checked, texts, events } = hintsOf(field);
  const control = controlOf(field);
  const from = JSON.stringify([hints, checked, texts, isWritable(control), control.getAttribute('maxlength')]);
  if (card?.field === field && card.from === from) return card.element;
  const element = createCard(field, hints, checked, texts, events, foldCard);
  if (card) {
    const { scrollTop, style } = card.element;
    if (card.field === field) element.style.cssText = style.cssText;
    replaceDrawn(card.element, element);
    if (card.field === field) element.scrollTop = scrollTop;
  } else {
    overlayRoot.append(element);
  }
  card = { field, element, from };
  return element;
}

/** Removes the card; a focus in it goes to the badge of its field, or to the field if that has no hints any more. */
export function removeCard() {
  if (!card) return;
  const { field, element } = card;
  const hasFocus = element.contains(overlayRoot.activeElement);
  card = null;
  if (hasFocus && fields.has(field)) whileMovingFocus(() => drawBadge(field).focus({ preventScroll: true }));
  removeDrawn(element, field);
}

/**
 * Draws the badge of a field.
 * @param {Element} field with hints
 * @returns {HTMLElement}
 */
export function drawBadge(field) {
  const entry = hintsOf(field);
  const from = JSON.stringify([entry.hints, entry.texts]);
  if (entry.badge && entry.badgeFrom === from) return entry.badge;
  const badge = createBadge(field, entry.hints, entry.texts, () => openCard(field));
  if (entry.badge) replaceDrawn(entry.badge, badge);
  else overlayRoot.append(badge);
  entry.badge = badge;
  entry.badgeFrom = from;
  return badge;
}

/**
 * Removes the badge of a field.
 * @param {Element} field with hints
 */
export function removeBadge(field) {
  const entry = hintsOf(field);
  if (entry.badge) removeDrawn(entry.badge, field);
  entry.badge = null;
}
