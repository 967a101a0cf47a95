// The host of the overlay, the only element that is added to the page. Everything is drawn in its closed shadow root,
// which the page can neither read nor style. The page's own nodes are not changed.
import { styleAttacher } from '#platform';
import { controlOf } from '../dom/widgets.js';
import { displayText } from './elements.js';
import { STYLES } from './styles.js';

/** The maximum number of times that an overlay is restored which the page removed, while the user does nothing. */
const MAX_REPAIRS = 20;
/** The maximum number of foreign attributes that are removed from it. Pages set them for each dialog and list that they open, and could do it in answer. */
const MAX_ATTRIBUTE_REPAIRS = 1000;

/** Width of the ruler in the overlay's own CSS pixels; its width on screen shows how the page scales the overlay. */
const RULER_WIDTH = 100;

/** Attributes that the page sets on everything beside its modal dialog, and that would shut the overlay off. */
const FOREIGN_ATTRIBUTES = ['inert', 'aria-hidden'];

// No custom element: the page could define one of that name and reach its shadow root.
const host = document.createElement('div');
host.dataset.eimzaYardimcisi = '';
export const overlayRoot = host.attachShadow({ mode: 'closed' });
const attachStyles = styleAttacher(STYLES);

const ruler = document.createElement('div');
ruler.className = 'ruler';
// The live region stays in the document: screen readers skip one that is inserted together with its text.
const status = document.createElement('div');
status.className = 'status';
status.role = 'status';
overlayRoot.append(ruler, status);

let repairs = 0;
let attributeRepairs = 0;
let shown = false;
/**
 * The element that holds the host; null for the end of the body.
 * @type {Element | null}
 */
let container = null;
/**
 * The parent that the host was given last.
 * @type {Element | null}
 */
let lastParent = null;

const removalObserver = new MutationObserver(() => {
  if (shown && !isInPlace() && mayAttach()) attach();
});
const attributeObserver = new MutationObserver(() => {
  if (attributeRepairs >= MAX_ATTRIBUTE_REPAIRS) return;
  for (const name of FOREIGN_ATTRIBUTES.filter((each) => host.hasAttribute(each))) {
    attributeRepairs += 1;
    host.removeAttribute(name);
  }
});
attributeObserver.observe(host, { attributes: true, attributeFilter: FOREIGN_ATTRIBUTES });

/** Adds the overlay to the page, unless it is already there. */
export function showOverlay() {
  if (shown) return;
  shown = true;
  attach();
}

/** Removes the overlay from the page. */
export function hideOverlay() {
  shown = false;
  container = null;
  lastParent = null;
  removalObserver.disconnect();
  host.remove();
}

/**
 * Moves the overlay into an element, or back to the end of the body.
 * @param {Element | null} element a dialog or popover in use; null for none
 */
export function moveOverlay(element) {
  if (!shown || (container === element && isInPlace()) || !mayAttach()) return;
  container = element;
  attach();
}

/**
 * Returns whether the host may be given a parent, and counts that if the page took the host out of its last parent. A
 * parent that left the page with the host, such as a closed dialog or a replaced body, does not count.
 */
function mayAttach() {
  if (lastParent === null || host.parentNode === lastParent) return true;
  if (repairs >= MAX_REPAIRS) return false;
  repairs += 1;
  return true;
}

/** Lets the overlay be restored again: the user did something in the page, after which it may replace its content. */
export function allowRepairs() {
  repairs = 0;
}

/** Returns where the host belongs. A frameset's document has no body that could show it. */
function place() {
  if (container?.isConnected) return container;
  return document.body instanceof HTMLBodyElement ? document.body : document.documentElement;
}

function attach() {
  removalObserver.disconnect();
  const parent = place();
  if (host.parentNode !== parent) insert(parent);
  lastParent = parent;
  attachStyles(overlayRoot);
  removalObserver.observe(document, { childList: true });
  removalObserver.observe(document.documentElement, { childList: true });
  removalObserver.observe(parent, { childList: true });
  raiseOverlay();
}

/** @param {Element} parent */
function insert(parent) {
  try {
    // Keeps the focus in the overlay, and its place in the top layer.
    if (host.isConnected && 'moveBefore' in parent) {
      /** @type {{moveBefore: (node: Node, before: Node | null) => void}} */ (/** @type {unknown} */ (parent)).moveBefore(host, null);
      return;
    }
  } catch {
    // The host is in another document.
  }
  Element.prototype.append.call(parent, host);
}

/** Checks the parent too: a page may have moved the connected host, to remove it unobserved from there. */
function isInPlace() {
  return host.parentNode === place() && host.isConnected;
}

/** Puts the overlay on top of everything that the page has put into the top layer. */
export function raiseOverlay() {
  try {
    if (host.popover !== 'manual') host.popover = 'manual';
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
  } catch {
    // The document is not active, or the page interferes: the overlay is drawn nevertheless, below the top layer.
  }
}

/** @returns {boolean} whether it is drawn in the top layer */
export function isRaised() {
  return host.matches(':popover-open');
}

/**
 * @param {unknown} element
 * @returns {boolean} whether it is the overlay's host
 */
export function isOverlayHost(element) {
  return element === host;
}

let untouchable = 0;

/**
 * Lets hit testing see the page as if the overlay were not there while a function runs.
 * @param {() => Promise<void>} work must not wait for anything but its own steps: the user could press a part meanwhile
 */
export async function whileUntouchable(work) {
  untouchable += 1;
  ruler.classList.add('untouchable');
  try {
    await work();
  } finally {
    untouchable -= 1;
    if (untouchable === 0) ruler.classList.remove('untouchable');
  }
}

/** @returns {boolean} whether the focus is in the overlay */
export function overlayHasFocus() {
  return overlayRoot.activeElement !== null;
}

/**
 * Returns where the overlay's coordinates start in the window, in CSS pixels, and its scale: both differ from (0, 0)
 * and 1 where the page has transformed or zoomed an element around it.
 * @returns {{left: number, top: number, scale: number}}
 */
export function overlayOrigin() {
  const { left, top, width } = ruler.getBoundingClientRect();
  return { left, top, scale: width / RULER_WIDTH || 1 };
}

/**
 * Moves a part of the overlay to a point of the window.
 * @param {HTMLElement} part
 * @param {{left: number, top: number}} point
 */
export function movePart(part, { left, top }) {
  const origin = overlayOrigin();
  part.style.transform = `scale(${1 / origin.scale}) translate(${left - origin.left}px, ${top - origin.top}px)`;
}

/**
 * Announces a text through the live region; the same text is not announced twice.
 * @param {string} text
 */
export function announce(text) {
  const shownText = displayText(text);
  if (status.textContent !== shownText) status.textContent = shownText;
}

/** Whether the overlay itself moves the focus. */
let movesFocus = false;

/** @returns {boolean} whether the overlay itself moves the focus, so that nothing has to be drawn anew for it */
export function isMovingFocus() {
  return movesFocus;
}

/**
 * Runs a function that may move the focus because something is drawn anew. A layout that followed each such move could move
 * it again without end.
 * @param {() => void} draw
 */
export function whileMovingFocus(draw) {
  const before = movesFocus;
  movesFocus = true;
  try {
    draw();
  } finally {
    movesFocus = before;
  }
}

/**
 * Replaces a drawn element and moves a focus in it to the new one.
 * @param {HTMLElement} old
 * @param {HTMLElement} replacement
 */
export function replaceDrawn(old, replacement) {
  const focused = old.contains(overlayRoot.activeElement);
  whileMovingFocus(() => {
    old.replaceWith(replacement);
    if (!focused) return;
    const target = replacement.matches('button') ? replacement : replacement.querySelector('button');
    /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
  });
}

/**
 * Removes a drawn element and returns a focus in it to its field.
 * @param {HTMLElement} old
 * @param {Element} field
 */
export function removeDrawn(old, field) {
  const focused = old.contains(overlayRoot.activeElement);
  whileMovingFocus(() => {
    old.remove();
    if (focused) /** @type {HTMLElement} */ (controlOf(field)).focus({ preventScroll: true });
  });
}

/**
 * Moves a drawn element to the end of another one without losing a focus in it.
 * @param {HTMLElement} element
 * @param {ParentNode & Node} parent
 */
export function reparentDrawn(element, parent) {
  if (element.parentNode === parent) return;
  const focused = /** @type {HTMLElement | null} */ (overlayRoot.activeElement);
  whileMovingFocus(() => {
    parent.append(element);
    if (focused && element.contains(focused)) focused.focus({ preventScroll: true });
  });
}
