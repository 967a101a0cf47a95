// The keyboard in the overlay. Ctrl and the full stop, known as "quick fix" from editors, leads from a field into its card;
// Escape, or Tab beyond the last button, leads back. So cards can be reached where the page keeps Tab within its dialog.
import { deepActiveElement } from '../dom/composed-tree.js';
import { hasFocusWithin } from '../dom/widgets.js';
import { focusOrigin, setShieldHandlers } from './event-shield.js';
import { drawnCard, fieldsWithHints, leaveCard, openCard } from './hint-cards.js';
import { overlayRoot } from './host.js';

/** How long a card may take to be drawn on a slow page, and how often that is looked for; in milliseconds. */
const DRAWING_TIME = 1500;
const DRAWING_STEP = 20;

let timer = 0;
/** Whether the user came into the card by the key, so that Tab leads back to the field, not on to the other parts. */
let entered = false;

/** @param {() => void} focusMoved called when the focus came into the overlay, or left it */
export function listenToKeyboard(focusMoved) {
  setShieldHandlers({
    key: onKey,
    pageKey(event) {
      if (!asksForCard(event)) return;
      const field = fieldsWithHints().find(hasFocusWithin);
      if (field) unlessHandled(event, () => enterCard(field));
    },
    focusMoved() {
      if (overlayRoot.activeElement === null) entered = false;
      // The focus moves twice, out of one element and into another. Not in a microtask: a page that moves the focus in turn
      // would never come to rest.
      clearTimeout(timer);
      timer = setTimeout(focusMoved);
    },
  });
}

/** @param {Element} field */
function enterCard(field) {
  openCard(field);
  focusCard(field, deepActiveElement(), DRAWING_TIME);
}

/**
 * Moves the focus into a card once it is placed: one that has no room is drawn in the corner panel.
 * @param {Element} field
 * @param {Element | null} before the element that has the focus; where the user moves it on, it stays
 * @param {number} time left to wait, in milliseconds
 */
function focusCard(field, before, time) {
  setTimeout(() => {
    if (deepActiveElement() !== before) return;
    const card = drawnCard();
    const button = card?.field === field ? buttonsOf(card.element)[0] : undefined;
    if (button) {
      button.focus({ preventScroll: true });
      entered = true;
    } else if (time > 0) {
      focusCard(field, before, time - DRAWING_STEP);
    }
  }, DRAWING_STEP);
}

/** @param {KeyboardEvent} event a key pressed in the overlay */
function onKey(event) {
  const card = drawnCard()?.element;
  const inCard = card?.contains(overlayRoot.activeElement) ?? false;
  if (event.key === 'Escape') {
    event.preventDefault(); // it would close the page's dialog
    if (inCard) leaveCard();
    else /** @type {HTMLElement | null} */ (focusOrigin())?.focus({ preventScroll: true });
  } else if (entered && card && inCard && leavesByTab(event, card)) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (focusOrigin())?.focus({ preventScroll: true });
  }
}

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether it asks for the card of the focused field
 */
function asksForCard({ key, ctrlKey, altKey, metaKey, shiftKey }) {
  return key === '.' && ctrlKey && !altKey && !metaKey && !shiftKey;
}

/**
 * Calls a function unless the page handles a key itself.
 * @param {KeyboardEvent} event that the page has not received yet
 * @param {() => void} then
 */
function unlessHandled(event, then) {
  setTimeout(() => {
    if (!event.defaultPrevented) then();
  });
}

/**
 * @param {HTMLElement} part
 * @returns {HTMLElement[]} its buttons that can take the focus, in order
 */
function buttonsOf(part) {
  return [...part.querySelectorAll('button')].filter((button) => button.checkVisibility({ visibilityProperty: true }));
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} part
 * @returns {boolean} whether it is Tab at the end of a part
 */
function leavesByTab({ key, shiftKey, altKey, ctrlKey, metaKey }, part) {
  if (key !== 'Tab' || altKey || ctrlKey || metaKey) return false;
  const buttons = buttonsOf(part);
  return overlayRoot.activeElement === (shiftKey ? buttons[0] : buttons.at(-1));
}
