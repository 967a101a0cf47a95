// Remembers the hints that the user dismissed. A hint stays dismissed for the same words while the rest of the text
// changes, and is shown again for other words. Kept only for the life of the page: user input is never stored.
import { toUtf16Offset } from './apply-fixes.js';

/**
 * @typedef {import('../../types/messages').LocalizedHint} LocalizedHint
 * @type {Set<string>}
 */
const keys = new Set();

/**
 * @param {LocalizedHint} hint
 * @param {string} checked the field's text that the hint refers to
 */
function keyOf({ id, anchor, text, fixes: [fix] }, checked) {
  if (!fix) return JSON.stringify([id, anchor, text]);
  const start = toUtf16Offset(checked, fix.start);
  const end = toUtf16Offset(checked, fix.end);
  const before = checked.slice(0, start).trim().split(/\s+/).at(-1);
  const after = checked.slice(end).trim().split(/\s+/)[0];
  return JSON.stringify([id, anchor, before, checked.slice(start, end), after]);
}

/**
 * @param {LocalizedHint} hint
 * @param {string} checked
 */
export function dismissHint(hint, checked) {
  keys.add(keyOf(hint, checked));
}

/**
 * @param {LocalizedHint} hint
 * @param {string} checked
 * @returns {boolean}
 */
export function isDismissed(hint, checked) {
  return hint.severity === 'advice' && keys.has(keyOf(hint, checked));
}
