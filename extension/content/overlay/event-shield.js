// Keeps the user's events in the overlay from every listener of the page. A page hears a press outside of its dialog, or a
// focus that leaves it, in the capture phase at the window; so the events end there, before the page's own listeners, and
// what was pressed is looked up in the shadow root.
import { pressButton } from './elements.js';
import { allowRepairs, isMovingFocus, isOverlayHost, overlayHasFocus, overlayRoot } from './host.js';

const POINTER_EVENTS = [
  'pointerdown', 'pointerup', 'pointermove', 'pointerover', 'pointerout', 'pointerenter', 'pointerleave', 'pointercancel',
  'gotpointercapture', 'lostpointercapture', 'pointerrawupdate',
  'mousedown', 'mouseup', 'mousemove', 'mouseover', 'mouseout', 'mouseenter', 'mouseleave',
  'click', 'dblclick', 'auxclick', 'contextmenu', 'wheel', 'touchstart', 'touchmove', 'touchend', 'touchcancel',
  'dragstart', 'selectstart',
];
const KEY_EVENTS = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input'];
const FOCUS_EVENTS = ['focus', 'focusin', 'blur', 'focusout'];
const POPOVER_EVENTS = ['beforetoggle', 'toggle'];

/**
 * @typedef {object} ShieldHandlers
 * @property {(event: KeyboardEvent) => void} key a key was pressed in the overlay
 * @property {(event: KeyboardEvent) => void} pageKey a key was pressed in the page, which has not handled it yet
 * @property {() => void} focusMoved the focus came into the overlay, or left it
 */
/** @type {ShieldHandlers} */
let handlers = { key() {}, pageKey() {}, focusMoved() {} };

/**
 * The page's element that had the focus before the overlay. The page does not see the focus leave it.
 * @type {WeakRef<Element> | null}
 */
let origin = null;
/**
 * The button on which the pointer went down.
 * @type {Element | null}
 */
let down = null;

/**
 * Starts shielding. To be called before the page's scripts run: listeners of one element are called in the order in which
 * they were added. Calling it again has no effect unless the page removed the window's listeners (`document.open`).
 */
export function installEventShield() {
  const options = { capture: true };
  for (const type of [...POINTER_EVENTS, ...KEY_EVENTS]) {
    // Without `passive`, listening to these would delay scrolling.
    window.addEventListener(type, shield, type === 'wheel' || type.startsWith('touch') ? { ...options, passive: true } : options);
  }
  for (const type of FOCUS_EVENTS) window.addEventListener(type, shieldFocus, options);
  for (const type of POPOVER_EVENTS) window.addEventListener(type, shield, options);
}

/** @param {ShieldHandlers} given */
export function setShieldHandlers(given) {
  handlers = given;
}

/** @returns {Element | null} the page's element to which the focus returns from the overlay */
export function focusOrigin() {
  const element = origin?.deref();
  return element?.isConnected ? element : null;
}

/** @param {Event} event */
function isOurs(event) {
  return isOverlayHost(event.target) || event.composedPath().some(isOverlayHost);
}

/** @param {Event} event */
function shield(event) {
  if (!event.isTrusted) return;
  if (!isOurs(event)) {
    if (event.type === 'keydown' || event.type === 'pointerdown') allowRepairs();
    if (event.type === 'keydown') handlers.pageKey(/** @type {KeyboardEvent} */ (event));
    if (event.type === 'pointerdown') returnFocus();
    return;
  }
  event.stopImmediatePropagation();
  if (event.type === 'pointerdown') down = buttonAt(/** @type {MouseEvent} */ (event));
  // The focus stays in the field.
  else if (event.type === 'mousedown') event.preventDefault();
  else if (event.type === 'click') press(/** @type {MouseEvent} */ (event));
  else if (event.type === 'keydown') handlers.key(/** @type {KeyboardEvent} */ (event));
}

/** @param {MouseEvent} event */
function press(event) {
  const byPointer = event.detail !== 0;
  const button = byPointer ? buttonAt(event) : overlayRoot.activeElement?.closest('button');
  const started = down;
  down = null;
  // Pressed on one button and released on another, unless the first was drawn anew meanwhile.
  if (byPointer && started && started !== button && (started.isConnected || started.textContent !== button?.textContent)) return;
  if (button) pressButton(button);
}

/** @param {MouseEvent} event */
function buttonAt({ clientX, clientY }) {
  return overlayRoot.elementFromPoint(clientX, clientY)?.closest('button') ?? null;
}

/**
 * Hides from the page that the focus moved into the overlay, and that it came back to the same element.
 * @param {Event} event
 */
function shieldFocus(event) {
  if (!event.isTrusted) return;
  const { type, relatedTarget } = /** @type {FocusEvent} */ (event);
  if (isOurs(event)) {
    event.stopImmediatePropagation();
    if ((type === 'focusin' || type === 'focusout') && !isMovingFocus()) handlers.focusMoved();
    return;
  }
  if (!isOverlayHost(relatedTarget)) return;
  const target = event.composedPath()[0];
  if (type === 'blur' || type === 'focusout') {
    event.stopImmediatePropagation();
    if (target instanceof Element) origin = new WeakRef(target);
  } else if (target === focusOrigin()) {
    event.stopImmediatePropagation();
  }
}

/** Returns the focus before a press on the page moves it on, so that the page sees it leave its own element. */
function returnFocus() {
  if (!overlayHasFocus()) return;
  /** @type {HTMLElement | null} */ (focusOrigin())?.focus({ preventScroll: true });
}
