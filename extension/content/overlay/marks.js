// The underlined parts of a field's text.

/**
 * An underlined part of a field's text.
 * @typedef {object} Mark
 * @property {number} start in UTF-16 units
 * @property {number} end in UTF-16 units, exclusive
 * @property {import('../../types/messages').Severity} severity
 */

/**
 * Moves marks with their words after an edit, and drops those that the edit touches.
 * @param {Mark[]} marks of the text before
 * @param {string} before
 * @param {string} after
 * @returns {Mark[]}
 */
export function moveMarks(marks, before, after) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const grown = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start < before.length - tail) return [];
    return [{ ...mark, start: mark.start + grown, end: mark.end + grown }];
  });
}
