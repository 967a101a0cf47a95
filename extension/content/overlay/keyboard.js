// The keyboard in the overlay. Ctrl and the full stop, known as "quick fix" from editors, leads from a field into its card;
// Escape, or Tab beyond the last button, leads back. So cards can be reached where the page keeps Tab within its dialog.
import { deepActiveElement } from '../dom/composed-tree.js';
import { hasFocusWithin } from '../dom/widgets.js';
import { focusOrigin, setShieldHandlers } from './event-shield.js';
import { drawnCard, fieldsWithHints, leaveCard, openCard } from './hint-cards.js';
import { overlayRoot } from './host.js';

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
  const before = deepActiveElement();
  openCard(field);
  // The card is placed first: one that has no room is drawn in the corner panel.
  setTimeout(() => {
    const card = drawnCard();
    if (card?.field !== field || deepActiveElement() !== before) return;
    buttonsOf(card.element)[0]?.focus({ preventScroll: true });
    entered = true;
  });
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
