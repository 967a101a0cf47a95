// Finds what the user sees of a control that is not drawn itself, such as a clipped native select, and what that shows.
import { spendNodes } from '../../dom/budget.js';
import { appearanceOf, liveStyleOf } from '../../dom/appearance.js';
import { composedContains, composedParentOf } from '../../dom/composed-tree.js';
import { boundingBoxOf, matchesSelector } from '../../dom/safe-dom.js';
import { drawnLinesOf, foldWhitespace, visibleTextOf } from '../names/visible-text.js';
import { isDrawn } from './candidates.js';

/** How many ancestors may lie between a control and what is drawn for it. */
const MAX_LEVELS = 6;
/** The least width and height of a drawn field, in CSS pixels. */
const MIN_SIZE = 12;
/** A higher box contains more than one field. */
const MAX_HEIGHT = 120;
const LIST = '[role=tooltip], ul, ol, [role=listbox], [role=menu], [role=tree], [role=grid], [role=dialog], [role=alert], [role=status], [aria-live]';
const BORDERS = /** @type {const} */ (['borderTopWidth', 'borderBottomWidth']);

/**
 * @param {Element} control
 * @param {(other: Element) => boolean} isForeign whether an element is a field of its own
 * @param {Element[]} candidates
 * @param {Element[]} labels which label the control and are outside of its box
 * @returns {Element | null} the smallest box around a control that is drawn, and has a text, an edge or a background
 */
export function boxAround(control, isForeign, candidates, labels) {
  let box = composedParentOf(control);
  for (let level = 0; box && level < MAX_LEVELS && !matchesSelector(box, 'form, body, tr, table, fieldset'); level += 1) {
    const around = box;
    if (!spendNodes() || candidates.some((other) => other !== control && isForeign(other) && composedContains(around, other))) return null;
    if (labels.some((label) => label !== around && composedContains(around, label))) return null;
    const { width, height } = boundingBoxOf(box);
    if (height > MAX_HEIGHT) return null;
    if (width >= MIN_SIZE && height >= MIN_SIZE && isDrawn(box) && (hasEdge(box) || shownText(box, '') !== '')) return box;
    box = composedParentOf(box);
  }
  return null;
}

/**
 * @param {Element} element
 * @returns {boolean} whether it has a visible border, shadow or background of its own
 */
function hasEdge(element) {
  const generated = ['::before', '::after'].map((pseudo) => getComputedStyle(element, pseudo)).filter(({ content }) => content !== 'none');
  return [liveStyleOf(element), ...generated].some((style) => (
    BORDERS.some((name) => Number.parseFloat(style[name]) > 0)
    || style.boxShadow !== 'none' || !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor)
  ));
}

/**
 * Returns the text that a drawn choice shows.
 * @param {Element} anchor
 * @param {string} label left out, since it may be drawn inside the field
 * @returns {string} its first line
 */
export function shownText(anchor, label) {
  const key = keyOf(label);
  const lines = drawnLinesOf(anchor, (element) => (
    matchesSelector(element, LIST) || (key !== '' && keyOf(visibleTextOf(element)) === key && appearanceOf(element).visible)
  ));
  return lines.find((line) => /[\p{L}\p{N}]/u.test(line) && keyOf(line) !== key) ?? '';
}

/** @param {string} text */
function keyOf(text) {
  return foldWhitespace(text.slice(0, 300)).replace(/[\s*:()]+/g, ' ').trim().toLocaleLowerCase('tr');
}
