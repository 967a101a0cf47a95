// The part of the window that the user sees. In a frame that is the part of the frame that the windows around it show.
import { composedParentOf } from '../dom/composed-tree.js';
import { intersection, isEmpty } from '../dom/boxes.js';

/** @typedef {import('../dom/boxes.js').Box} Box */

/** @returns {Box} the visible part of this window, in its own CSS pixels, without scroll bars; empty if there is none */
export function visibleWindow() {
  return visiblePartOf(window);
}

/**
 * Reports when a window around this one has scrolled or changed its size, which fires no event in here.
 * @param {() => void} moved called at most once per frame
 */
export function watchOuterWindows(moved) {
  const stop = new AbortController();
  let frame = 0;
  const move = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      moved();
    });
  };
  for (let at = /** @type {Window} */ (window); frameElementOf(at) !== null; at = at.parent) {
    for (const type of ['scroll', 'resize']) at.parent.addEventListener(type, move, { capture: true, passive: true, signal: stop.signal });
  }
  window.addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) stop.abort();
  }, { signal: stop.signal });
}

/**
 * @param {Window} frameWindow
 * @returns {Box}
 */
function visiblePartOf(frameWindow) {
  const root = frameWindow.document.documentElement;
  const whole = {
    left: 0, top: 0, right: root?.clientWidth || frameWindow.innerWidth, bottom: frameWindow.innerHeight,
  };
  const frame = frameElementOf(frameWindow);
  if (frame === null) return whole;
  const shown = clipToAncestors(frame, frame.getBoundingClientRect());
  const outer = frame.getBoundingClientRect();
  const scale = { x: outer.width / frame.offsetWidth || 1, y: outer.height / frame.offsetHeight || 1 };
  const start = { x: outer.left + frame.clientLeft * scale.x, y: outer.top + frame.clientTop * scale.y };
  const visible = intersection(whole, {
    left: (shown.left - start.x) / scale.x,
    top: (shown.top - start.y) / scale.y,
    right: (shown.right - start.x) / scale.x,
    bottom: (shown.bottom - start.y) / scale.y,
  });
  return isEmpty(visible) ? { left: 0, top: 0, right: 0, bottom: 0 } : visible;
}

/**
 * @param {Window} frameWindow
 * @returns {HTMLElement | null} the frame's element; null in the top window and in a frame of another origin
 */
function frameElementOf(frameWindow) {
  try {
    return /** @type {HTMLElement | null} */ (frameWindow.frameElement);
  } catch {
    return null;
  }
}

/**
 * Returns the part of an element's box that its window and the scroll containers around it show.
 * @param {Element} element
 * @param {Box} box
 * @returns {Box} empty where nothing of it is shown
 */
export function clipToAncestors(element, box) {
  const page = element.ownerDocument;
  const view = /** @type {Window} */ (page.defaultView);
  let area = intersection(box, visiblePartOf(view));
  // The root and the body clip to the window. A fixed element is clipped by the window alone.
  for (let at = /** @type {Element | null} */ (element); at && at !== page.body; at = composedParentOf(at)) {
    const style = view.getComputedStyle(at);
    if (at !== element && style.overflow !== 'visible' && style.display !== 'contents' && at !== page.documentElement) {
      area = intersection(area, at.getBoundingClientRect());
    }
    if (style.position === 'fixed') break;
  }
  return area;
}
