// The hint cards at fields and buttons: which are open, and how they make room for each other.
import { isWritable } from '../fixes/apply-fixes.js';
import { boxesOverlap } from './boxes.js';
import { cornerPanelBox } from './corner-panel.js';
import { createBadge, createCard, highestSeverity } from './hint-card-content.js';
import { expectedCardBox, hasRoomBeside, positionCard } from './hint-card-position.js';
import { focusedField, overlayHasFocus, overlayRoot, removeDrawn, replaceDrawn } from './host.js';

/** @typedef {import('../../types/messages').OverlayTexts} OverlayTexts */
/** @typedef {import('../../types/messages').LocalizedHint} LocalizedHint */

/**
 * @typedef {object} Card
 * @property {HTMLElement} element the card, or the badge that it is folded to
 * @property {string} from what it was drawn from, as JSON
 * @property {LocalizedHint[]} hints
 * @property {boolean | undefined} opened as the user chose; undefined: depends on the available room
 * @property {boolean} crowded whether another card occupies its place
 * @property {{width: number, height: number} | undefined} size of the open card, once it was drawn
 * @property {() => void} redraw
 */
/** @type {Map<Element, Card>} */
const cards = new Map();

/**
 * Draws the card of a field or button, or the badge that it folds to.
 * @param {Element} field
 * @param {LocalizedHint[]} hints those of the field
 * @param {string} checked the field's text that they refer to
 * @param {OverlayTexts} texts
 * @param {import('./hint-card-content.js').CardEvents} events
 */
export function drawHintCard(field, hints, checked, texts, events) {
  const known = cards.get(field);
  const redraw = () => drawHintCard(field, hints, checked, texts, events);
  const open = isOpen(field, hints, known);
  const from = JSON.stringify([open, hints, checked, texts, isWritable(field), field.getAttribute('maxlength')]);
  if (known?.from === from) {
    known.redraw = redraw;
    return;
  }
  const setOpened = (/** @type {boolean} */ opened) => {
    const card = cards.get(field);
    if (card) card.opened = opened;
    redraw();
    arrangeHintCards();
  };
  const leave = () => {
    setOpened(false);
    /** @type {HTMLElement} */ (field).focus();
  };
  const element = open
    ? createCard(field, hints, checked, texts, events, () => setOpened(false), leave)
    : createBadge(field, hints, texts, () => setOpened(true));
  if (known) replaceDrawn(known.element, element);
  else overlayRoot.append(element);
  positionCard(element, field);
  const size = open ? { width: element.offsetWidth, height: element.offsetHeight } : known?.size;
  const crowded = known?.crowded ?? false;
  cards.set(field, { element, from, hints, opened: known?.opened, crowded, size, redraw });
}

/**
 * @param {Element} field
 * @param {LocalizedHint[]} hints
 * @param {Card | undefined} known
 */
function isOpen(field, hints, known) {
  return known?.opened
    ?? (document.activeElement === field || (opensByDefault(field, hints) && !known?.crowded));
}

/**
 * Returns whether a card opens without the focus. A card below or above its field would cover other fields, and one with
 * only tips can wait, so these open only with the focus.
 * @param {Element} field
 * @param {LocalizedHint[]} hints
 */
function opensByDefault(field, hints) {
  return hasRoomBeside(field) && !hints.every((hint) => hint.quiet);
}

/**
 * Removes the cards of all other fields.
 * @param {(field: Element) => boolean} isKept
 */
export function keepHintCards(isKept) {
  for (const [field, { element }] of cards) {
    if (isKept(field)) continue;
    removeDrawn(element, field);
    cards.delete(field);
  }
}

/** Repositions every card after the layout has changed. */
export function repositionHintCards() {
  keepHintCards((field) => field.isConnected);
  for (const [field, known] of cards) {
    // Keyboard use moves the focus into the card, which must not fold it.
    if (!overlayHasFocus()) known.redraw();
    positionCard(/** @type {Card} */ (cards.get(field)).element, field);
  }
  arrangeHintCards();
}

/** Folds the cards that would cover more important ones, and hides badges that cover something. */
export function arrangeHintCards() {
  if (!overlayHasFocus()) foldCrowdedCards();
  const occupied = [cornerPanelBox(), focusedField()?.getBoundingClientRect(), ...openCardBoxes()];
  for (const { element } of cards.values()) {
    const box = element.getBoundingClientRect();
    const covers = isBadge(element) && occupied.some((other) => other && boxesOverlap(box, other));
    element.style.visibility = covers ? 'hidden' : '';
  }
}

/** @param {HTMLElement} element */
function isBadge(element) {
  return element.matches('button');
}

function openCardBoxes() {
  const open = [...cards.values()].filter(({ element }) => !isBadge(element));
  return open.map(({ element }) => element.getBoundingClientRect());
}

function foldCrowdedCards() {
  /** @type {import('./boxes.js').Box[]} */
  const occupied = [];
  for (const field of fieldsByImportance()) {
    const card = /** @type {Card} */ (cards.get(field));
    if (!isOpen(field, card.hints, { ...card, crowded: false }) || card.size === undefined) continue;
    const box = expectedCardBox(card.size, field);
    if (box === undefined) continue;
    const staysOpen = card.opened === true || document.activeElement === field;
    const crowded = !staysOpen && occupied.some((other) => boxesOverlap(box, other));
    if (!crowded) occupied.push(box);
    if (crowded === card.crowded) continue;
    card.crowded = crowded;
    card.redraw();
  }
}

/** Returns the fields in order of importance: the focused one, those that the user opened, then by severity. */
function fieldsByImportance() {
  const rank = (/** @type {Element} */ field) => {
    if (document.activeElement === field) return 0;
    const { opened, hints } = /** @type {Card} */ (cards.get(field));
    return opened ? 1 : 2 + ['error', 'advice', 'info'].indexOf(highestSeverity(hints));
  };
  return [...cards.keys()].sort((one, other) => rank(one) - rank(other));
}
