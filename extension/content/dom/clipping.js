// Determines what the page can bring on screen: by scrolling, but not what a container cuts off, such as the other steps
// of a slider or text for screen readers only.
import { appearanceOf, liveStyleOf } from './appearance.js';
import { intersection } from './boxes.js';
import { composedParentOf } from './composed-tree.js';
import { boundingBoxOf } from './safe-dom.js';

/** @typedef {import('./boxes.js').Box} Box */

/** What is no wider or higher counts as cut off: text for screen readers has a box of one pixel. */
const TINY = 1;

/**
 * The visible part of the document, while the page is read.
 * @type {Box | null}
 */
let documentClip = null;

/**
 * Computes the visible part of the document once while a function runs.
 * @template T
 * @param {() => T} read must not change the page
 * @returns {T}
 */
export function withDocumentClip(read) {
  documentClip = computeDocumentBox();
  try {
    return read();
  } finally {
    documentClip = null;
  }
}

/**
 * @param {Element} element with a box of its own
 * @returns {boolean} whether part of it is on screen or can be scrolled there
 */
export function isOnScreen(element) {
  const clip = clipAround(element);
  if (clip === documentClip && isInFlow(element)) return true;
  return overlaps(boundingBoxOf(element), clip);
}

/**
 * @param {Element} element
 * @returns {boolean} whether the text directly in it is on screen or can be scrolled there
 */
export function showsText(element) {
  const clip = clipInside(element);
  if (clip === documentClip && isInFlow(element)) return true;
  if (isTiny(clip)) return false;
  const box = boundingBoxOf(element);
  // An element without a box of its own, such as one with floating content, is as visible as what is around it.
  return box.width === 0 || box.height === 0 || overlaps(box, clip);
}

/**
 * @param {Box} box
 * @param {Box} clip
 */
function overlaps(box, clip) {
  return !isTiny(intersection(box, clip));
}

/** @param {Box} box */
function isTiny({ left, top, right, bottom }) {
  return right - left <= TINY || bottom - top <= TINY;
}

/**
 * @param {Element} element
 * @returns {Box} what the elements around it leave visible
 */
function clipAround(element) {
  const appearance = appearanceOf(element);
  // A positioned element is never inline.
  const position = appearance.inline ? 'static' : appearance.position;
  if (position === 'fixed') return windowBox();
  let container = composedParentOf(element);
  // A positioned box is cut off only by the ancestors that it is positioned in.
  if (position === 'absolute') {
    while (container && !isContainingBlock(container)) container = composedParentOf(container);
  }
  return container ? clipInside(container) : documentBox();
}

/**
 * Returns whether an element and all around it are in the flow of the page, which does not lead off the page.
 * @param {Element} element
 * @returns {boolean}
 */
export function isInFlow(element) {
  const appearance = appearanceOf(element);
  if (appearance.inFlow !== undefined) return appearance.inFlow;
  const parent = composedParentOf(element);
  const positioned = !appearance.inline && (appearance.position === 'absolute' || appearance.position === 'fixed');
  appearance.inFlow = !positioned && (parent === null || isInFlow(parent));
  return appearance.inFlow;
}

/** @param {Element} element */
function isContainingBlock(element) {
  return appearanceOf(element).position !== 'static' || liveStyleOf(element).transform !== 'none';
}

/**
 * @param {Element} element
 * @returns {Box} the visible part of its content
 */
function clipInside(element) {
  const appearance = appearanceOf(element);
  const clip = appearance.clip ?? computeClip(element);
  appearance.clip = clip;
  return clip;
}

/** @param {Element} element */
function computeClip(element) {
  // The root and the body clip to the window, which scrolls.
  if (element === document.documentElement || element === document.body) return documentBox();
  const around = clipAround(element);
  const appearance = appearanceOf(element);
  if (appearance.display === 'inline' || appearance.display === 'contents') return around;
  const { overflow } = appearance;
  if (overflow === 'visible' || isTiny(around)) return around;
  const box = boundingBoxOf(element);
  if (!overlaps(box, around)) return { left: box.left, top: box.top, right: box.left, bottom: box.top };
  const [x, y = x] = overflow.split(' ');
  return { ...clipAxis(x, around, box, 'left', 'right'), ...clipAxis(y, around, box, 'top', 'bottom') };
}

/**
 * Returns the clip box on one axis. What a container scrolls can be brought on screen; what it hides cannot.
 * @param {string} overflow
 * @param {Box} around
 * @param {Box} box
 * @param {'left' | 'top'} start
 * @param {'right' | 'bottom'} end
 * @returns {any}
 */
function clipAxis(overflow, around, box, start, end) {
  if (overflow === 'visible') return { [start]: around[start], [end]: around[end] };
  if (overflow === 'auto' || overflow === 'scroll') return { [start]: -Infinity, [end]: Infinity };
  return { [start]: Math.max(around[start], box[start]), [end]: Math.min(around[end], box[end]) };
}

/** @returns {Box} the window, for boxes that do not scroll with the page */
function windowBox() {
  return { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
}

/** @returns {Box} what can be scrolled into the window */
function documentBox() {
  return documentClip ?? computeDocumentBox();
}

/** @returns {Box} */
function computeDocumentBox() {
  const [root, body] = [document.documentElement, document.body];
  const hides = (/** @type {'overflowX' | 'overflowY'} */ axis) => [root, body].some((each) => (
    each !== null && /hidden|clip/.test(liveStyleOf(each)[axis])
  ));
  const leftToRight = liveStyleOf(root).direction === 'ltr';
  const width = root.clientWidth || window.innerWidth;
  return {
    left: leftToRight || hides('overflowX') ? -window.scrollX : -Infinity,
    top: -window.scrollY,
    right: !leftToRight || hides('overflowX') ? width - window.scrollX : Infinity,
    // A page that fixes its body for a while, under an open dialog, still has what is below the window.
    bottom: Infinity,
  };
}
