// Fields that consist of several elements: what the user sees (the anchor, which hints refer to and are placed at) and
// the control that has the value or takes the focus, such as a native select that is hidden behind a drawn one.
import { composedContains, deepActiveElement } from './composed-tree.js';

/**
 * @typedef {'native' | 'choice' | 'group' | 'editable'} WidgetType what it is read as: a native control; a choice of which
 * only the chosen text is shown; a group of choices that are all shown; text that is edited in the page itself
 *
 * @typedef {object} Widget
 * @property {WidgetType} type
 * @property {Element} anchor what the user sees
 * @property {Element} control what has the value or takes the focus
 * @property {boolean} [guessed] whether nothing but the focus says that it is a field
 * @property {Element[]} parts all elements that may carry its name, the control among them
 */

/** @type {WeakMap<Element, Widget>} */
const widgets = new WeakMap();

/** @param {Widget} widget replaces an earlier one with the same anchor */
export function registerWidget(widget) {
  widgets.set(widget.anchor, widget);
}

/**
 * @param {Element} anchor
 * @returns {Widget | undefined} the field with this anchor
 */
export function widgetAt(anchor) {
  return widgets.get(anchor);
}

/**
 * @param {Element} anchor
 * @returns {Element} the element that takes the focus for it; itself for a field that is one element
 */
export function controlOf(anchor) {
  return widgets.get(anchor)?.control ?? anchor;
}

/**
 * @param {Element} anchor
 * @returns {boolean} whether the focus is in the field
 */
export function hasFocusWithin(anchor) {
  const active = deepActiveElement();
  if (active === null) return false;
  const parts = widgets.get(anchor)?.parts ?? [anchor];
  return parts.includes(active) || composedContains(anchor, active);
}
