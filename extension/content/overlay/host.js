// The host of the overlay, the only element that is added to the page. Everything is drawn in its closed shadow root,
// which the page can neither read nor style. The page's own nodes are not changed.
import { styleAttacher } from '#platform';
import { matchesSelector } from '../dom/safe-dom.js';
import { displayText } from './elements.js';
import { STYLES } from './styles.js';

/** The maximum number of times that a removed overlay is restored. */
const MAX_REATTACHMENTS = 20;

/** Events in the overlay that the page must not receive. */
const HIDDEN_EVENTS = [
  'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'contextmenu',
  'keydown', 'keyup', 'keypress', 'wheel', 'touchstart', 'touchend',
];

/** Width of the ruler in the overlay's own CSS pixels; its width on screen shows how the page scales the overlay. */
const RULER_WIDTH = 100;

// No custom element: the page could define one of that name and reach its shadow root.
const host = document.createElement('div');
host.dataset.eimzaYardimcisi = '';
export const overlayRoot = host.attachShadow({ mode: 'closed' });
const attachStyles = styleAttacher(STYLES);
for (const type of HIDDEN_EVENTS) overlayRoot.addEventListener(type, (event) => event.stopPropagation());

const ruler = document.createElement('div');
ruler.className = 'ruler';
// The live region stays in the document: screen readers skip one that is inserted together with its text.
const status = document.createElement('div');
status.className = 'status';
status.role = 'status';
overlayRoot.append(ruler, status);

let reattachments = 0;
let shown = false;
const removalObserver = new MutationObserver(() => {
  if (!shown || isInPlace() || reattachments >= MAX_REATTACHMENTS) return;
  reattachments += 1;
  attach();
});

/** Adds the overlay to the page, unless it is already there. */
export function showOverlay() {
  if (shown) return;
  shown = true;
  attach();
}

function attach() {
  removalObserver.disconnect();
  document.documentElement.append(host);
  attachStyles(overlayRoot);
  removalObserver.observe(document, { childList: true });
  removalObserver.observe(document.documentElement, { childList: true });
}

/** Checks the parent too: a page may have moved the connected host, to remove it unobserved from there. */
function isInPlace() {
  return host.parentNode === document.documentElement;
}

/** Removes the overlay from the page. */
export function hideOverlay() {
  shown = false;
  removalObserver.disconnect();
  host.remove();
}

/** Hides the overlay while a modal dialog is open: nothing outside of the dialog can be pressed. */
export function yieldToModalDialog() {
  host.hidden = document.querySelector('dialog:modal') !== null;
}

/**
 * @param {Element} element
 * @returns {boolean} whether it is the overlay's host
 */
export function isOverlayHost(element) {
  return element === host;
}

/** @returns {boolean} whether the focus is in the overlay */
export function overlayHasFocus() {
  return document.activeElement === host;
}

/** @returns {Element | null} the page's field that has the focus; nothing may be drawn over it */
export function focusedField() {
  const focused = document.activeElement;
  return focused && matchesSelector(focused, 'input, textarea, select') ? focused : null;
}

/**
 * Returns where the overlay's coordinates start in the window, in CSS pixels, and its scale: both differ from (0, 0)
 * and 1 where the page has transformed or zoomed its root element.
 * @returns {{left: number, top: number, scale: number}}
 */
export function overlayOrigin() {
  const { left, top, width } = ruler.getBoundingClientRect();
  return { left, top, scale: width / RULER_WIDTH || 1 };
}

/**
 * Announces a text through the live region; the same text is not announced twice.
 * @param {string} text
 */
export function announce(text) {
  const shownText = displayText(text);
  if (status.textContent !== shownText) status.textContent = shownText;
}

/**
 * Replaces a drawn element and moves a focus in it to the new one.
 * @param {HTMLElement} old
 * @param {HTMLElement} replacement
 */
export function replaceDrawn(old, replacement) {
  const focused = old.contains(overlayRoot.activeElement);
  old.replaceWith(replacement);
  if (!focused) return;
  const target = replacement.matches('button') ? replacement : replacement.querySelector('button');
  /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
}

/**
 * Removes a drawn element and returns a focus in it to its field.
 * @param {HTMLElement} old
 * @param {Element} field
 */
export function removeDrawn(old, field) {
  const focused = old.contains(overlayRoot.activeElement);
  old.remove();
  if (focused) /** @type {HTMLElement} */ (field).focus({ preventScroll: true });
}
