// Fields that consist of several elements: what the user sees (the anchor, which hints refer to and are placed at) and
// the control that has the value or takes the focus, such as a native select that is hidden behind a drawn one.
import { composedContains, deepActiveElement } from './composed-tree.js';

/** @type {WeakMap<Element, Element>} */
const controls = new WeakMap();

/**
 * @param {Element} anchor what the user sees
 * @param {Element} control what has the value or takes the focus
 */
export function registerWidget(anchor, control) {
  if (anchor === control) controls.delete(anchor);
  else controls.set(anchor, control);
}

/**
 * @param {Element} anchor
 * @returns {Element} the element that takes the focus for it; itself for a field that is one element
 */
export function controlOf(anchor) {
  return controls.get(anchor) ?? anchor;
}

/**
 * @param {Element} anchor
 * @returns {boolean} whether the focus is in the field
 */
export function hasFocusWithin(anchor) {
  const active = deepActiveElement();
  return active !== null && (active === controlOf(anchor) || composedContains(anchor, active));
}
