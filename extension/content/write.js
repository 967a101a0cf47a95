'use strict';

/**
 * @typedef {object} Fix a replacement of part of a field's value
 * @property {number} start in Unicode code points
 * @property {number} end in Unicode code points, exclusive
 * @property {string} text what to write instead
 */

/**
 * Writes into the page's fields as a typing user would: the editing command makes the browser send
 * the page a trusted `input`, keep the change on its undo stack, and send `change` when the field
 * loses the focus, because it counts as the user's edit. Setting `value` would do none of these;
 * so the field is given the focus and keeps it, and no event is ever made up here.
 */
const Write = (() => {
  /** Types whose text can be selected in part; `email` and `number` refuse a selection. */
  const TYPES = new Set(['text', 'search', 'tel', 'url']);

  /**
   * @param {Element} field
   * @returns {field is HTMLInputElement | HTMLTextAreaElement} whether it can be written to at all
   */
  function isWritable(field) {
    const typed = field instanceof HTMLTextAreaElement
      || (field instanceof HTMLInputElement && TYPES.has(field.type));
    return typed && !field.readOnly && !field.matches(':disabled');
  }

  /**
   * @param {Element} field
   * @param {string} checked the text that the fixes speak of
   * @param {Fix[]} fixes
   * @returns {boolean} whether they can be written, and the field has room for them
   */
  function accepts(field, checked, fixes) {
    if (!isWritable(field)) return false;
    // The browser would silently cut off what exceeds the limit.
    return field.maxLength < 0 || corrected(checked, fixes).length <= field.maxLength;
  }

  /**
   * @param {Element} field
   * @param {string} checked the text that the fixes speak of; with another text nothing is written
   * @param {Fix[]} fixes ranges that do not overlap
   * @returns {boolean} whether all were written
   */
  function replace(field, checked, fixes) {
    if (!isWritable(field) || field.value !== checked || !accepts(field, checked, fixes)) return false;
    // From right to left, so that the positions of the others stay true.
    let expected = checked;
    return fromRight(fixes).every((fix) => {
      // A page may rewrite the text while it is being written; the rest then waits for a new check.
      if (field.value !== expected) return false;
      const start = toUnits(expected, fix.start);
      const end = toUnits(expected, fix.end);
      const before = expected;
      expected = expected.slice(0, start) + fix.text + expected.slice(end);
      return replaceRange(field, before, start, end, fix.text) && field.value === expected;
    });
  }

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   * @param {string} before the text that it must have
   * @param {number} start in UTF-16 units
   * @param {number} end in UTF-16 units
   * @param {string} text
   */
  function replaceRange(field, before, start, end, text) {
    const moved = (/** @type {number | null} */ caret) => {
      if (caret === null || caret >= end) return (caret ?? end) + text.length - (end - start);
      return caret <= start ? caret : start + text.length;
    };
    const from = moved(field.selectionStart);
    const to = moved(field.selectionEnd);
    const direction = field.selectionDirection ?? 'none';
    field.focus({ preventScroll: true });
    // The command writes wherever the focus is. The page may have refused it, moved it on, put
    // another element in the field's place or changed the text while it came.
    const root = /** @type {Document | ShadowRoot} */ (field.getRootNode());
    if (root.activeElement !== field || field.value !== before || !isWritable(field)) return false;
    field.setSelectionRange(start, end);
    const written = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    if (written) field.setSelectionRange(from, to, direction);
    return written;
  }

  /**
   * @param {string} text
   * @param {Fix[]} fixes
   * @returns {string} the text with all of them made
   */
  function corrected(text, fixes) {
    return fromRight(fixes).reduce((left, fix) => (
      left.slice(0, toUnits(text, fix.start)) + fix.text + left.slice(toUnits(text, fix.end))
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
  function toUnits(text, points) {
    let units = 0;
    for (let left = points; left > 0 && units < text.length; left -= 1) {
      units += /** @type {number} */ (text.codePointAt(units)) > 0xffff ? 2 : 1;
    }
    return units;
  }

  return { isWritable, accepts, replace, corrected, toUnits };
})();
