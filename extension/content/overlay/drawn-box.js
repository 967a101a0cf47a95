// The outermost box that the page draws around a control: its own, or one around it that holds only this control and what
// belongs to it, such as a unit, an icon, a button that clears it, or a label that floats in the box.
import { composedParentOf } from '../dom/composed-tree.js';
import { liveStyleOf } from '../dom/appearance.js';
import { parentOf } from '../dom/safe-dom.js';
import { boxOf, holds, isEmpty, union } from '../dom/boxes.js';

/** @typedef {import('../dom/boxes.js').Box} Box */

/** How many elements around a control are examined. */
const MAX_LEVELS = 8;
/** A drawn box is at most this much higher than what it holds, in CSS pixels: more is a row, a panel or the form. */
const MAX_PADDING = 44;
/** A box that is not drawn itself is at most this much higher than the parts that it holds side by side. */
const MAX_UNDRAWN = 8;
/** Parts of one control touch each other. */
const MAX_SEAM = 2;

const FIELDS = 'input:not([type=hidden]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], '
  + '[role=combobox], [role=listbox], [role=spinbutton]';
/** Elements that hold rows and forms. */
const STRUCTURE = new Set(['BODY', 'HTML', 'FORM', 'FIELDSET', 'MAIN', 'SECTION', 'ARTICLE', 'DIALOG', 'LI', 'UL', 'OL', 'DL', 'NAV']);

/**
 * @param {Element} anchor what the user sees of a control
 * @returns {Element} the outermost element that belongs to this control alone and is drawn as its box
 */
export function drawnElementOf(anchor) {
  let outermost = anchor;
  let inner = boxOf(anchor);
  let at = composedParentOf(anchor);
  for (let level = 0; at && level < MAX_LEVELS && belongsTo(at, anchor); level += 1, at = composedParentOf(at)) {
    const box = boxOf(at);
    if (isEmpty(box)) continue;
    const parts = at instanceof HTMLSlotElement ? [] : [...Element.prototype.querySelectorAll.call(at, ':scope > *')];
    const frame = isDrawn(at) || parts.some((part) => isFrameAround(part, inner));
    if (height(box) > height(inner) + (frame ? MAX_PADDING : MAX_UNDRAWN)) {
      // A label above, or a message below: the box around them may still be drawn close around all.
      if (height(box) > height(inner) + MAX_PADDING) break;
      continue;
    }
    if (frame || parts.some((part) => touches(part, inner))) {
      outermost = at;
      inner = union(inner, box);
    }
  }
  return outermost;
}

/**
 * @param {Element} anchor
 * @returns {Box} the outermost box that is drawn around the control
 */
export function drawnBoxOf(anchor) {
  const outer = drawnElementOf(anchor);
  return outer === anchor ? boxOf(anchor) : union(boxOf(anchor), boxOf(outer));
}

/**
 * Returns whether an element holds no other field than this one, and may be its box.
 * @param {Element} element
 * @param {Element} anchor
 */
function belongsTo(element, anchor) {
  if (STRUCTURE.has(element.tagName) || liveStyleOf(element).display.startsWith('table')) return false;
  return [...Element.prototype.querySelectorAll.call(element, FIELDS)]
    .every((field) => field === anchor || anchor.contains(field) || field.contains(anchor) || !isSeen(field));
}

/**
 * Returns whether a field is more than a helper that is clipped away.
 * @param {Element} field
 */
function isSeen(field) {
  const box = boxOf(field);
  return box.right - box.left > 2 && box.bottom - box.top > 2 && field.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/**
 * Returns whether a border, background, shadow or outline of the element's own is visible.
 * @param {Element} element
 */
function isDrawn(element) {
  const around = parentOf(element);
  const behind = around ? liveStyleOf(around).backgroundColor : '';
  if (isDrawnBy(liveStyleOf(element), behind)) return true;
  return ['::before', '::after'].some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return style.content !== 'none' && style.content !== 'normal' && style.position === 'absolute' && isDrawnBy(style, behind);
  });
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {string} behind the color behind it
 */
function isDrawnBy(style, behind) {
  const bordered = ['Top', 'Right', 'Bottom', 'Left'].some((side) => (
    // @ts-expect-error: computed names
    style[`border${side}Style`] !== 'none' && Number.parseFloat(style[`border${side}Width`]) > 0 && isVisible(style[`border${side}Color`])
  ));
  const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
  const filled = isVisible(style.backgroundColor) && style.backgroundColor !== behind;
  return bordered || outlined || filled || style.boxShadow !== 'none' || style.backgroundImage !== 'none';
}

/** @param {string} color as computed */
function isVisible(color) {
  return color !== 'transparent' && !/[,/] ?0\)$/.test(color);
}

/**
 * Returns whether a part only draws the border: laid over the control, with nothing to operate.
 * @param {Element} part
 * @param {Box} inner
 */
function isFrameAround(part, inner) {
  return liveStyleOf(part).position === 'absolute' && holds(boxOf(part), inner, 2)
    && [part, ...Element.prototype.querySelectorAll.call(part, ':scope > *')].some((each) => isDrawnBy(liveStyleOf(each), ''));
}

/**
 * Returns whether a part stands beside the control, as high as it is and without a gap: a unit, or a button joined to it.
 * @param {Element} part
 * @param {Box} inner
 */
function touches(part, inner) {
  const box = boxOf(part);
  if (isEmpty(box) || holds(box, inner) || !isDrawn(part)) return false;
  const seam = Math.max(box.left - inner.right, inner.left - box.right);
  return Math.abs(seam) <= MAX_SEAM && Math.abs(height(box) - height(inner)) <= MAX_UNDRAWN;
}

/** @param {Box} box */
function height({ top, bottom }) {
  return bottom - top;
}
