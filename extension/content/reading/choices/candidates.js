// The elements that fields are made of, as they are met in the page.
import { appearanceOf } from '../../dom/appearance.js';
import { isInFlow, isOnScreen } from '../../dom/clipping.js';
import { composedClosest } from '../../dom/composed-tree.js';
import { has, matchesSelector } from '../../dom/safe-dom.js';
import { labelElementsOf } from '../names/label-elements.js';

/** Native controls with a value. */
export const NATIVE = 'input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset]), textarea, select';
/** Elements that a page gives the role of a field. */
const ROLES = '[role=combobox], [role=listbox], [role=radio], [role=checkbox], [role=switch], [role=textbox]';
/** Elements that act as one without such a role. */
const ACTING = '[aria-haspopup], [aria-pressed], [contenteditable], [tabindex]';
export const CANDIDATES = `${NATIVE}, ${ROLES}, ${ACTING}`;

/** A list that opens is not the list itself. */
const CHOICE = '[role=combobox], [aria-haspopup=listbox], [role=listbox][aria-haspopup], [role=listbox][aria-expanded]';
const OTHER_ROLES = 'a, button, label, summary, [role]:not([role=none], [role=presentation], [role=group], [role=generic])';
/** No smaller box is meant to be seen as a field. */
const MIN_SIZE = 5;
/** No field for a text is narrower. */
const MIN_FIELD_WIDTH = 60;

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
  if (!has(element, 'role') && !has(element, 'aria-haspopup')) return false; // much faster than matching
  // A button that opens something is a field where it has a label as fields have.
  return matchesSelector(element, CHOICE)
    || (matchesSelector(element, 'button[aria-haspopup]:not([aria-haspopup=false])') && labelElementsOf(element).length > 0);
}

/**
 * Returns whether an element takes the focus although it is neither a control nor has a role: a list may be drawn so.
 * @param {Element} element
 */
export function isFocusableBox(element) {
  return matchesSelector(element, '[tabindex]') && /** @type {HTMLElement} */ (element).tabIndex >= 0
    && !isNative(element) && !matchesSelector(element, OTHER_ROLES)
    && /** @type {HTMLElement} */ (element).offsetWidth >= MIN_FIELD_WIDTH && composedClosest(element, '[role=radiogroup]') === null;
}

/**
 * Returns whether the user can type into a native control that is transparent: what it shows is drawn once it has a text.
 * @param {Element} element
 */
export function isTransparentField(element) {
  if (!(element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !isRadio(element) && !isCheckbox(element)))) return false;
  return element.tabIndex >= 0 && !element.disabled && element.offsetWidth >= MIN_FIELD_WIDTH && element.offsetHeight >= MIN_SIZE
    && element.checkVisibility({ visibilityProperty: true }) && isOnScreen(element);
}

/** @param {Element} element */
export function isEditable(element) {
  const { contentEditable } = /** @type {HTMLElement} */ (element);
  return contentEditable === 'true' || contentEditable === 'plaintext-only';
}
