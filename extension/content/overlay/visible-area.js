// Determines the visible part of a field.
import { appearanceOf } from '../dom/appearance.js';
import { composedClosest, composedContains } from '../dom/composed-tree.js';
import { controlOf } from '../dom/widgets.js';
import { boxOf, isEmpty } from '../dom/boxes.js';
import { drawnElementOf } from './drawn-box.js';
import { pageElementAt } from './hit-test.js';
import { clipToAncestors } from './visible-window.js';

/** @typedef {import('../dom/boxes.js').Box} Box */

/**
 * Returns the part of a field's box that the window and the scroll containers around it show.
 * @param {Element} field what the user sees of it
 * @returns {Box | null} null where nothing of it is visible
 */
export function visibleAreaOf(field) {
  if (!appearanceOf(field).visible || composedClosest(field, '[inert]')) return null;
  const area = clipToAncestors(field, boxOf(field));
  return isEmpty(area) || isCovered(field, area) ? null : area;
}

/**
 * Whether another element of the page, such as a loading screen, a sticky header or an open list, covers the middle of
 * the area.
 * @param {Element} field
 * @param {Box} area
 */
function isCovered(field, { left, top, right, bottom }) {
  const topmost = pageElementAt((left + right) / 2, (top + bottom) / 2);
  if (topmost === null) return false;
  const labels = /** @type {HTMLInputElement} */ (controlOf(field)).labels ?? [];
  return !composedContains(topmost, field) && !composedContains(field, topmost)
    && !composedContains(drawnElementOf(field), topmost)
    && ![...labels].some((label) => label.contains(topmost));
}
