// Tracks what the user does on the page: the field that they are typing in and the buttons that they have reached.
import { composedClosest, composedParentOf } from '../dom/composed-tree.js';
import { matchesSelector } from '../dom/safe-dom.js';

export const BUTTON_SELECTOR = 'button, input[type=submit], input[type=button], input[type=image], a[href], '
  + 'a:not([name], [id]), summary, '
  + '[role=button], [role=link], [role=menuitem], [role=treeitem]';
/** @type {WeakSet<Element>} */
const reached = new WeakSet();
/**
 * What was read as a button although no selector says so.
 * @type {WeakSet<Element>}
 */
const others = new WeakSet();
/** How far such a button may be around what was pressed. */
const MAX_LEVELS = 6;
/** @type {EventTarget | null} */
let typing = null;

/**
 * Records an event; ignores those of scripts.
 * @param {Event} event
 * @returns {boolean} whether it may change the snapshot
 */
export function recordActivity(event) {
  // Pointer events are frequent; only the first one at a button matters.
  if (!event.isTrusted) return event.type !== 'pointerover';
  const [target] = event.composedPath(); // inside open shadow roots too
  if (event.type === 'input') typing = target;
  if (event.type === 'focusout' && target === typing) typing = null;
  const button = target instanceof Element ? buttonAround(target) : null;
  // A script that moves the focus causes a trusted event too: it counts only after a key press or click.
  const byUser = event.type !== 'focusin' || navigator.userActivation.isActive;
  if (button === null || !byUser || reached.has(button)) return event.type !== 'pointerover';
  reached.add(button);
  return true;
}

/** Events of animations and of the address, which a page can cause at any time. They are trusted nevertheless. */
const OF_PAGE = new Set(['transitionend', 'animationend', 'popstate', 'hashchange', 'pageshow', 'reset']);

/**
 * @param {Event} event
 * @returns {boolean} whether the user caused it. A page that moves the focus or edits a field by script causes trusted events
 *   too, but not while the user is doing nothing.
 */
export function isByUser(event) {
  return event.isTrusted && !OF_PAGE.has(event.type) && navigator.userActivation.isActive;
}

/** @param {Element} element */
function buttonAround(element) {
  let at = /** @type {Element | null} */ (element);
  for (let level = 0; at && level < MAX_LEVELS; level += 1) {
    if (others.has(at)) return at;
    at = composedParentOf(at);
  }
  return composedClosest(element, BUTTON_SELECTOR);
}

/** @param {Element} button one that the page does not say to be a button */
export function noteButton(button) {
  others.add(button);
}

/**
 * @param {Element} button
 * @returns {boolean} whether the user has reached it with the pointer or the keyboard
 */
export function hasUserReached(button) {
  return reached.has(button);
}

/**
 * @param {Element} field
 * @returns {boolean} whether the user has changed it and not left it yet; browsers also fill in fields by themselves
 */
export function isUserTyping(field) {
  return field === typing && matchesSelector(field, ':focus');
}
