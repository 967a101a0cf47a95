// Walks the page as it is drawn: through open shadow roots, with slotted elements at the place of their slot.
import { matchesSelector, parentOf } from './safe-dom.js';

/**
 * @param {Element} element
 * @returns {ShadowRoot | null} its shadow root where that is open
 */
export function shadowRootOf(element) {
  // A form's field named "shadowRoot" would replace the property; only forms are affected, and they have no shadow root.
  return element instanceof HTMLFormElement ? null : element.shadowRoot;
}

/**
 * @param {Element} element
 * @returns {Element | null} the element around it as drawn: its slot, its parent, or the host of its shadow root
 */
export function composedParentOf(element) {
  const slot = element instanceof HTMLFormElement ? null : element.assignedSlot;
  if (slot) return slot;
  const parent = parentOf(element);
  if (parent) return parent;
  const root = Node.prototype.getRootNode.call(element);
  return root instanceof ShadowRoot ? root.host : null;
}

/**
 * @param {Element} ancestor
 * @param {Element} element
 * @returns {boolean} whether the element is the ancestor or drawn inside it
 */
export function composedContains(ancestor, element) {
  for (let at = /** @type {Element | null} */ (element); at; at = composedParentOf(at)) if (at === ancestor) return true;
  return false;
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {Element | null} the element or the nearest one around it that matches, across shadow roots
 */
export function composedClosest(element, selector) {
  let at = /** @type {Element | null} */ (element);
  while (at && !matchesSelector(at, selector)) at = composedParentOf(at);
  return at;
}

/** @returns {Element | null} the element that has the focus, inside open shadow roots too */
export function deepActiveElement() {
  let active = document.activeElement;
  for (let inner = active && shadowRootOf(active)?.activeElement; inner; inner = shadowRootOf(inner)?.activeElement) {
    active = inner;
  }
  return active;
}
