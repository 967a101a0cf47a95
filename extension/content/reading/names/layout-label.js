// Finds the text that labels a field by its position only: in the same row or group, in the table cell before it, or in
// the row above.
import { spendNodes } from '../../dom/budget.js';
import { appearanceOf } from '../../dom/appearance.js';
import { composedClosest, composedParentOf, shadowRootOf } from '../../dom/composed-tree.js';
import {
  attributeOf, boundingBoxOf, childCountOf, containsMatch, findAllIn, findIn, localNameOf, matchesSelector, previousSiblingOf,
} from '../../dom/safe-dom.js';
import { HEADING_SELECTOR, foldWhitespace, startsLine, visibleTextOf } from './visible-text.js';

const CONTROLS = 'input:not([type=hidden]), textarea, select, button, [role=combobox], [contenteditable=true]';
const ENDS = `${CONTROLS}, ${HEADING_SELECTOR}`;
/** How many ancestors of a field are searched for its row or group. */
const MAX_LEVELS = 12;
/** How many of them may have text beside the field that is not a label element. */
const MAX_TEXT_LEVELS = 8;
/** A line that overlaps a field by this many CSS pixels is beside or above it. */
const MIN_OVERLAP = 2;
/** No smaller box is a field that can be seen, in CSS pixels. */
const MIN_FIELD = 4;
/** How deep components are searched in components. */
const MAX_COMPONENT_DEPTH = 4;
/** How many cells of a row are measured. */
const MAX_CELLS = 40;

/** @typedef {{text: string, element: Element | null}} FoundLabel */
/** @type {FoundLabel} */
const NONE = { text: '', element: null };

/**
 * Returns whether a text can be a label. A rule or an explanation beside a field is none, nor is a lone asterisk.
 * @param {string} text
 */
export function canBeLabel(text) {
  const words = text.split(' ').length;
  const isSentence = text.length > 80 || (/[.!]$/.test(text) && words > 4) || (text.endsWith('?') && words > 9);
  return /\p{L}/u.test(text) && !isSentence;
}

/**
 * @param {Element} anchor what the user sees of the field
 * @param {(control: Element) => boolean} isOwn whether a control is part of the field
 * @returns {FoundLabel}
 */
export function layoutLabelOf(anchor, isOwn) {
  const found = labelInGroup(anchor, isOwn);
  if (found.text !== '') return found;
  const cell = labelInCellBefore(anchor);
  if (cell.text !== '') return cell;
  const beside = textBeside(anchor, previousSiblingOf, isOwn);
  return beside === '' ? { text: labelInRowAbove(anchor), element: null } : { text: beside, element: null };
}

/**
 * Returns the text of the nearest label element that belongs to no control, in a group with no other field.
 * @param {Element} anchor
 * @param {(control: Element) => boolean} isOwn
 * @returns {FoundLabel}
 */
function labelInGroup(anchor, isOwn) {
  let group = composedParentOf(anchor);
  for (let level = 0; group && level < MAX_LEVELS && !matchesSelector(group, 'form, body, dialog'); level += 1) {
    if (hasOtherControl(group, isOwn)) return NONE;
    for (const label of /** @type {NodeListOf<HTMLLabelElement>} */ (findAllIn(group, 'label'))) {
      if (!spendNodes()) return NONE;
      const isFree = label.control === null || isOwn(label.control);
      if (!isFree || anchor.contains(label) || !appearanceOf(label).visible) continue;
      if (canBeLabel(visibleTextOf(label))) return { text: visibleTextOf(label), element: label };
    }
    group = composedParentOf(group);
  }
  return NONE;
}

/**
 * @param {Element} group
 * @param {(control: Element) => boolean} isOwn
 */
function hasOtherControl(group, isOwn) {
  for (const control of findAllIn(group, CONTROLS)) {
    if (!spendNodes()) return true;
    if (localNameOf(control) !== 'button' && !isOwn(control) && appearanceOf(control).visible) return true;
  }
  return false;
}

/**
 * @param {Element} anchor
 * @returns {FoundLabel}
 */
function labelInCellBefore(anchor) {
  const own = composedClosest(anchor, 'td, th, [role=cell], [role=gridcell]');
  for (let cell = own?.previousElementSibling; cell; cell = cell.previousElementSibling) {
    if (!spendNodes() || containsMatch(cell, CONTROLS)) return NONE;
    const text = visibleTextOf(cell) || altOf(cell);
    if (canBeLabel(text)) return { text, element: cell };
  }
  return NONE;
}

/** @param {Element} cell */
function altOf(cell) {
  const image = findIn(cell, 'img[alt], input[type=image][alt]');
  return image ? foldWhitespace(attributeOf(image, 'alt')) : '';
}

/**
 * Returns the text in the table row above that is over the field's cell, where that row has texts only.
 * @param {Element} anchor
 */
function labelInRowAbove(anchor) {
  const cell = composedClosest(anchor, 'td');
  const row = cell?.closest('tr');
  const above = row?.previousElementSibling ?? row?.parentElement?.previousElementSibling?.lastElementChild;
  if (!cell || !(above instanceof HTMLTableRowElement) || containsMatch(above, CONTROLS)) return '';
  const box = boundingBoxOf(cell);
  for (const head of above.cells) {
    if (!spendNodes()) return '';
    const text = visibleTextOf(head) || altOf(head);
    if (overlapOf(boundingBoxOf(head), box, 'left', 'right') > box.width / 2 && canBeLabel(text)) return text;
  }
  return '';
}

/**
 * Returns the nearest line of text on one side that can be a label, up to the next control or heading. Where that control
 * is in the same row, the label may still be in the row above.
 * @param {Element} field
 * @param {(node: Node) => Node | null} side `previousSiblingOf` or `nextSiblingOf`
 * @param {(control: Element) => boolean} isOwn
 */
export function textBeside(field, side, isOwn) {
  const box = boundingBoxOf(field);
  let adornment = '';
  let sharesRow = false;
  let ancestor = /** @type {Element | null} */ (field);
  for (let level = 0; ancestor && level < MAX_TEXT_LEVELS && !isBorder(ancestor, isOwn); level += 1) {
    for (const { text, element, ends } of linesBeside(ancestor, side, isOwn)) {
      if (ends) {
        if (side !== previousSiblingOf || !element || overlapOf(boundingBoxOf(element), box, 'top', 'bottom') < MIN_OVERLAP) return adornment;
        sharesRow = true;
        break;
      }
      const label = nextTo(text, element, box, sharesRow);
      if (!canBeLabel(label)) continue;
      if (!isBoxed(element)) return label;
      adornment ||= label;
    }
    ancestor = composedParentOf(ancestor);
  }
  return adornment;
}

/**
 * Returns whether the search for a label ends at an ancestor. A table that is drawn for one field only is no border.
 * @param {Element} ancestor
 * @param {(control: Element) => boolean} isOwn
 */
function isBorder(ancestor, isOwn) {
  if (!matchesSelector(ancestor, 'form, fieldset, td, body')) return false;
  const table = localNameOf(ancestor) === 'td' ? composedClosest(ancestor, 'table') : null;
  return table === null || hasOtherControl(table, isOwn) || containsLabel(table);
}

/**
 * Returns whether a table has a text that can be a label.
 * @param {Element} table
 */
function containsLabel(table) {
  return [...findAllIn(table, 'td, th')].slice(0, MAX_CELLS).some((cell) => !containsMatch(cell, 'a, table') && canBeLabel(visibleTextOf(cell)));
}

/**
 * Returns the part of a line that is beside a field or above it. The cells of a grid may be one line, but label other
 * fields too.
 * @param {string} text
 * @param {Element | null} element
 * @param {DOMRect} field
 * @param {boolean} onlyAbove
 */
function nextTo(text, element, field, onlyAbove) {
  if (element === null) return onlyAbove ? '' : text;
  if (field.width < MIN_FIELD || field.height < MIN_FIELD) return text; // what is clipped away has no place of its own
  const box = boundingBoxOf(element);
  if (box.width === 0 || box.height === 0) return onlyAbove ? '' : text;
  if (overlapOf(box, field, 'top', 'bottom') > MIN_OVERLAP) return onlyAbove ? '' : text;
  if (childCountOf(element) < 2) return overlapOf(box, field, 'left', 'right') > MIN_OVERLAP ? text : '';
  const above = [...findAllIn(element, '*')].slice(0, MAX_CELLS).filter((cell) => (
    childCountOf(cell) === 0 && overlapOf(boundingBoxOf(cell), field, 'left', 'right') > MIN_OVERLAP
  ));
  return above.length > 0 ? foldWhitespace(above.map(visibleTextOf).join(' ')) : text;
}

/**
 * Returns the nearest line of text before an element, among its siblings only.
 * @param {Element} element
 */
export function textBefore(element) {
  for (const line of linesBeside(element, previousSiblingOf, () => false)) {
    if (line.ends) return '';
    if (canBeLabel(line.text)) return line.text;
  }
  return '';
}

/**
 * Yields the lines of text among the siblings, nearest first, and where a control or a heading ends them.
 * @param {Element} element
 * @param {(node: Node) => Node | null} side
 * @param {(control: Element) => boolean} isOwn
 * @returns {Generator<{text: string, element: Element | null, ends: boolean}>} the element that has the text, or ends the lines
 */
function* linesBeside(element, side, isOwn) {
  let line = '';
  /** @type {Element | null} */
  let lineElement = null;
  for (let node = side(element); node && spendNodes(); node = side(node)) {
    const ends = node instanceof Element && endsSearch(node, isOwn);
    if (ends || (node instanceof Element && startsLine(node))) {
      yield { text: foldWhitespace(line), element: lineElement, ends: false };
      line = '';
      lineElement = null;
    }
    if (ends) {
      yield { text: '', element: /** @type {Element} */ (node), ends: true };
    } else if (node.nodeType !== Node.COMMENT_NODE) {
      const text = node.nodeType === Node.TEXT_NODE ? node.nodeValue ?? '' : visibleTextOf(node);
      if (text.trim() !== '' && node instanceof Element) lineElement = node;
      line = side === previousSiblingOf ? text + line : line + text;
    }
  }
  yield { text: foldWhitespace(line), element: lineElement, ends: false };
}

/**
 * @param {Element} element
 * @param {(control: Element) => boolean} isOwn
 */
function endsSearch(element, isOwn) {
  if (matchesSelector(element, ENDS)) return !isOwn(element);
  return [...findAllIn(element, ENDS)].some((control) => !isOwn(control)) || holdsComponent(element, 0);
}

/**
 * Returns whether a component in an element has a control in its shadow root.
 * @param {Element} element
 * @param {number} depth
 * @returns {boolean}
 */
function holdsComponent(element, depth) {
  if (depth > MAX_COMPONENT_DEPTH) return false;
  return [element, ...findAllIn(element, '*')].slice(0, MAX_CELLS).some((each) => {
    const root = shadowRootOf(each);
    if (!root || !spendNodes()) return false;
    return root.querySelector(CONTROLS) !== null || [...root.children].some((child) => holdsComponent(child, depth + 1));
  });
}

/**
 * @param {DOMRect} one
 * @param {DOMRect} other
 * @param {'left' | 'top'} start
 * @param {'right' | 'bottom'} end
 */
function overlapOf(one, other, start, end) {
  return Math.min(one[end], other[end]) - Math.max(one[start], other[start]);
}

/**
 * Returns whether a text is drawn as a box of its own, such as a unit that is joined to a field.
 * @param {Element | null} element
 */
function isBoxed(element) {
  if (element === null) return false;
  const { borderTopWidth, borderTopStyle, backgroundColor } = getComputedStyle(element);
  const hasBorder = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0;
  return hasBorder && backgroundColor !== 'rgba(0, 0, 0, 0)';
}
