// Determines the visible part of a field.
import { appearanceOf } from '../dom/appearance.js';
import { parentOf } from '../dom/safe-dom.js';
import { isOverlayHost } from './host.js';

/** @typedef {import('./boxes.js').Box} Box */

/**
 * Returns the part of a field's box that the window and the scroll containers around it show.
 * @param {Element} field
 * @returns {Box | null} null where nothing of it is visible
 */
export function visibleAreaOf(field) {
  if (!appearanceOf(field).visible || field.closest('[inert]')) return null;
  const { left, top, right, bottom } = field.getBoundingClientRect();
  const area = { left, top, right, bottom };
  const clipTo = (/** @type {Box} */ clip) => {
    area.left = Math.max(area.left, clip.left);
    area.top = Math.max(area.top, clip.top);
    area.right = Math.min(area.right, clip.right);
    area.bottom = Math.min(area.bottom, clip.bottom);
  };
  clipTo({ left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight });
  // The root and the body clip to the window.
  for (let box = parentOf(field); box && box !== document.body; box = parentOf(box)) {
    if (getComputedStyle(box).overflow !== 'visible') clipTo(box.getBoundingClientRect());
  }
  return area.left < area.right && area.top < area.bottom && !isCovered(field, area) ? area : null;
}

/**
 * Whether another element of the page, such as a loading screen or a sticky header, covers the middle of the area.
 * @param {Element} field
 * @param {Box} area
 */
function isCovered(field, { left, top, right, bottom }) {
  const [topmost] = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)
    .filter((element) => !isOverlayHost(element));
  const labels = /** @type {HTMLInputElement} */ (field).labels ?? [];
  const belongs = (/** @type {Element} */ element) => element.contains(field) || field.contains(element)
    || [...labels].some((label) => label.contains(element));
  return topmost !== undefined && !belongs(topmost);
}
