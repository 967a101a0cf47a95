// Writes fixes into the page's fields as if the user had typed them. An editing command makes the browser send a trusted
// `input` event, keep the change on the undo stack, and send `change` on blur. Setting `value` would do none of these. The
// command needs the focus in the field, which keeps it; no event is ever synthesized.

/** @typedef {import('../../types/messages').Fix} Fix */

/** Input types that support selecting part of the text; `email` and `number` do not. */
const SELECTABLE_TYPES = new Set(['text', 'search', 'tel', 'url']);

/**
 * @param {Element} field
 * @returns {field is HTMLInputElement | HTMLTextAreaElement} whether fixes can be written to it
 */
export function isWritable(field) {
  const hasText = field instanceof HTMLTextAreaElement
    || (field instanceof HTMLInputElement && SELECTABLE_TYPES.has(field.type));
  return hasText && !field.readOnly && !field.matches(':disabled');
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
  return field.maxLength < 0 || fixedText(checked, fixes).length <= field.maxLength;
}

/**
 * @param {Element} field
 * @param {string} checked the text that the fixes refer to; if the field has another one, nothing is written
 * @param {Fix[]} fixes ranges that do not overlap
 * @returns {boolean} whether all were applied
 */
export function applyFixes(field, checked, fixes) {
  if (!isWritable(field) || field.value !== checked || !canApplyFixes(field, checked, fixes)) return false;
  // From right to left, so that the other positions stay valid.
  let expected = checked;
  return fromRight(fixes).every((fix) => {
    // The page may change the text meanwhile; the remaining fixes then need a new check.
    if (field.value !== expected) return false;
    const start = toUtf16Offset(expected, fix.start);
    const end = toUtf16Offset(expected, fix.end);
    const before = expected;
    expected = expected.slice(0, start) + fix.text + expected.slice(end);
    return replaceRange(field, before, start, end, fix.text) && field.value === expected;
  });
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} before the text that the field must have
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
  // The command writes wherever the focus is. In its focus handlers the page may have refused or moved the focus,
  // replaced the field or changed its text.
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
