// The elements that fields are made of, as they are met in the page.
import { appearanceOf } from '../../dom/appearance.js';
import { isInFlow, isOnScreen } from '../../dom/clipping.js';
import { matchesSelector } from '../../dom/safe-dom.js';

/** Native controls with a value. */
export const NATIVE = 'input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset]), textarea, select';
/** Elements that a page gives the role of a field. */
const ROLES = '[role=combobox], [role=listbox], [role=radio], [role=checkbox], [role=switch], [role=textbox]';
/** Elements that act as one without such a role. */
const ACTING = '[aria-haspopup=listbox], [aria-pressed], [contenteditable], [tabindex]';
export const CANDIDATES = `${NATIVE}, ${ROLES}, ${ACTING}`;

const CHOICE = '[role=combobox], [aria-haspopup=listbox]';
const OTHER_ROLES = 'a, button, label, summary, [role]:not([role=none], [role=presentation], [role=group], [role=generic], [role=button])';
/** No smaller box is meant to be seen as a field. */
const MIN_SIZE = 5;

/** Input types that have no value of the user. */
const OTHER_TYPES = new Set(['hidden', 'submit', 'button', 'image', 'reset']);

/** @param {Element} element */
export function isNative(element) {
  return element instanceof HTMLInputElement
    ? !OTHER_TYPES.has(element.type) : element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/**
 * @param {Element} element
 * @returns {boolean} whether it can be seen: not transparent, not clipped away, not tiny
 */
export function isDrawn(element) {
  if (!appearanceOf(element).visible || !isOnScreen(element)) return false;
  if (isNative(element) && isInFlow(element) && !isRadio(element) && !isCheckbox(element) && !isChoice(element)) return true;
  const { offsetWidth = 0, offsetHeight = 0 } = /** @type {HTMLElement} */ (element);
  return offsetWidth >= MIN_SIZE && offsetHeight >= MIN_SIZE;
}

/** @param {Element} element */
export function isRadio(element) {
  if (element instanceof HTMLInputElement) return element.type === 'radio';
  return matchesSelector(element, '[role=radio]');
}

/** @param {Element} element */
export function isCheckbox(element) {
  if (element instanceof HTMLInputElement) return element.type === 'checkbox';
  return matchesSelector(element, '[role=checkbox], [role=switch]');
}

/** @param {Element} element */
export function isChoice(element) {
  return matchesSelector(element, CHOICE);
}

/**
 * Returns whether an element takes the focus although it is neither a control nor has a role: a list may be drawn so.
 * @param {Element} element
 */
export function isFocusableBox(element) {
  return matchesSelector(element, '[tabindex]') && /** @type {HTMLElement} */ (element).tabIndex >= 0
    && !isNative(element) && !matchesSelector(element, OTHER_ROLES);
}

/** @param {Element} element */
export function isEditable(element) {
  const { contentEditable } = /** @type {HTMLElement} */ (element);
  return contentEditable === 'true' || contentEditable === 'plaintext-only';
}
