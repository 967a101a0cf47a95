'use strict';

/**
 * Advice that the user wants no more of. It stays away from the words that it spoke of, also while
 * the rest of the text changes; of other words it speaks again. Kept for as long as the page lives:
 * what people type is stored nowhere.
 */
const Dismissed = (() => {
  /** @type {Set<string>} */
  const keys = new Set();

  /**
   * @param {SpokenHint} hint
   * @param {string} checked the text of the field that it speaks of
   */
  function keyOf({ id, anchor, text, fixes: [fix] }, checked) {
    if (!fix) return JSON.stringify([id, anchor, text]);
    const start = Write.toUnits(checked, fix.start);
    const end = Write.toUnits(checked, fix.end);
    const before = checked.slice(0, start).trim().split(/\s+/).at(-1);
    const after = checked.slice(end).trim().split(/\s+/)[0];
    return JSON.stringify([id, anchor, before, checked.slice(start, end), after]);
  }

  /**
   * @param {SpokenHint} hint
   * @param {string} checked
   */
  function add(hint, checked) {
    keys.add(keyOf(hint, checked));
  }

  /**
   * @param {SpokenHint} hint
   * @param {string} checked
   * @returns {boolean}
   */
  function has(hint, checked) {
    return hint.severity === 'advice' && keys.has(keyOf(hint, checked));
  }

  return { add, has };
})();
