// Writes fixes into the page's fields as if the user had typed them. An editing command makes the browser send a trusted
// `input` event, keep the change on the undo stack, and send `change` on blur. Setting `value` would do none of these. The
// command needs the focus in the field, which keeps it; no event is ever synthesized.
import { deepActiveElement } from '../dom/composed-tree.js';
import { editableOffset, editableRange, editableText, isEditingHost } from '../dom/editable-text.js';

/** @typedef {import('../../types/messages').Fix} Fix */

/** Input types that support selecting part of the text; `email` and `number` do not. */
const SELECTABLE_TYPES = new Set(['text', 'search', 'tel', 'url']);
const FIELDS = 'input, textarea, select, [contenteditable]';

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextControl */

/**
 * @param {Element} field
 * @returns {field is TextControl}
 */
function isTextControl(field) {
  return field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && SELECTABLE_TYPES.has(field.type));
}

/**
 * @param {Element} field
 * @returns {boolean} whether fixes can be written to it
 */
export function isWritable(field) {
  if (isTextControl(field)) return !field.readOnly && !field.matches(':disabled');
  return isEditingHost(field) && field.ariaReadOnly !== 'true';
}

/**
 * @param {Element} field
 * @returns {string} its text, to which fixes refer
 */
export function textOf(field) {
  return isTextControl(field) ? field.value : editableText(field);
}

/**
 * @param {Element} field
 * @param {string} checked the text that the fixes refer to
 * @param {Fix[]} fixes
 * @returns {boolean} whether the field is writable and the result fits into it
 */
export function canApplyFixes(field, checked, fixes) {
  if (!isWritable(field)) return false;
  // The browser would silently truncate a longer text.
  return !isTextControl(field) || field.maxLength < 0 || fixedText(checked, fixes).length <= field.maxLength;
}

/**
 * @param {Element} field
 * @param {string} checked the text that the fixes refer to; if the field has another one, nothing is written
 * @param {Fix[]} fixes ranges that do not overlap
 * @returns {boolean} whether all were applied
 */
export function applyFixes(field, checked, fixes) {
  if (!isWritable(field) || textOf(field) !== checked || !canApplyFixes(field, checked, fixes)) return false;
  const place = placeOf(field);
  // From right to left, so that the other positions stay valid.
  let current = field;
  let expected = checked;
  return fromRight(fixes).every((fix) => {
    // Some pages build the field anew with every change.
    if (!current.isConnected) current = successor(place) ?? current;
    // The page may change the text meanwhile; the remaining fixes then need a new check.
    if (textOf(current) !== expected) return false;
    const start = toUtf16Offset(expected, fix.start);
    const end = toUtf16Offset(expected, fix.end);
    const before = expected;
    expected = expected.slice(0, start) + fix.text + expected.slice(end);
    if (!replaceRange(current, before, start, end, fix.text)) return false;
    return !current.isConnected || textOf(current) === expected;
  });
}

/**
 * Returns what identifies a field in its page: its kind, its names, and its number among the fields.
 * @param {Element} field
 */
function placeOf(field) {
  const root = /** @type {Document | ShadowRoot} */ (field.getRootNode());
  const number = [...root.querySelectorAll(FIELDS)].indexOf(field);
  return JSON.stringify([field.tagName, ...['type', 'name', 'id'].map((name) => field.getAttribute(name)), number]);
}

/**
 * Returns the field that took the place of one that the page removed, and its focus.
 * @param {string} place from `placeOf`
 */
function successor(place) {
  const focused = deepActiveElement();
  return focused && isWritable(focused) && placeOf(focused) === place ? focused : null;
}

/**
 * @param {Element} field
 * @param {string} before the text that the field must have
 * @param {number} start in UTF-16 units
 * @param {number} end in UTF-16 units
 * @param {string} text
 */
function replaceRange(field, before, start, end, text) {
  const moved = (/** @type {number} */ caret) => {
    if (caret >= end) return caret + text.length - (end - start);
    return caret <= start ? caret : start + text.length;
  };
  const { from, to, direction } = selectionIn(field) ?? { from: end, to: end, direction: 'none' };
  /** @type {HTMLElement} */ (field).focus({ preventScroll: true });
  // The command writes wherever the focus is. In its focus handlers the page may have refused or moved the focus,
  // replaced the field or changed its text.
  const root = /** @type {Document | ShadowRoot} */ (field.getRootNode());
  if (root.activeElement !== field || textOf(field) !== before || !isWritable(field)) return false;
  select(field, start, end);
  const written = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (written && field.isConnected) select(field, moved(from), moved(to), direction);
  return written;
}

/**
 * @param {Element} field
 * @returns {{from: number, to: number, direction: 'forward' | 'backward' | 'none'} | null} null where it has no selection
 */
function selectionIn(field) {
  if (isTextControl(field)) {
    const { selectionStart, selectionEnd, selectionDirection } = field;
    if (selectionStart === null || selectionEnd === null) return null;
    return { from: selectionStart, to: selectionEnd, direction: selectionDirection ?? 'none' };
  }
  const range = document.getSelection()?.rangeCount ? document.getSelection()?.getRangeAt(0) : null;
  if (!range || !field.contains(range.startContainer) || !field.contains(range.endContainer)) return null;
  return {
    from: editableOffset(field, range.startContainer, range.startOffset),
    to: editableOffset(field, range.endContainer, range.endOffset),
    direction: 'none',
  };
}

/**
 * @param {Element} field
 * @param {number} start in UTF-16 units
 * @param {number} end in UTF-16 units
 * @param {'forward' | 'backward' | 'none'} [direction]
 */
function select(field, start, end, direction = 'none') {
  if (isTextControl(field)) {
    field.setSelectionRange(start, end, direction);
    return;
  }
  const range = editableRange(field, start, end);
  document.getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/**
 * @param {string} text
 * @param {Fix[]} fixes
 * @returns {string} the text with all fixes applied
 */
export function fixedText(text, fixes) {
  return fromRight(fixes).reduce((left, fix) => (
    left.slice(0, toUtf16Offset(text, fix.start)) + fix.text + left.slice(toUtf16Offset(text, fix.end))
  ), text);
}

/** @param {Fix[]} fixes */
function fromRight(fixes) {
  return [...fixes].sort((one, other) => other.start - one.start);
}

/**
 * @param {string} text
 * @param {number} points a position in Unicode code points
 * @returns {number} the same position in UTF-16 units
 */
export function toUtf16Offset(text, points) {
  let units = 0;
  for (let left = points; left > 0 && units < text.length; left -= 1) {
    units += /** @type {number} */ (text.codePointAt(units)) > 0xffff ? 2 : 1;
  }
  return units;
}
