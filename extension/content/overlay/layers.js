// Where the overlay is in the page's layers: in the top layer above everything else, and inside the dialog, popover or
// fullscreen element in use. Outside of a modal dialog and of a fullscreen element nothing can be pressed, and a press
// outside of a popover closes it.
import { composedClosest, composedContains, deepActiveElement } from '../dom/composed-tree.js';
import { isOverlayHost, moveOverlay, overlayHasFocus, overlayRoot, raiseOverlay } from './host.js';

const MODAL = 'dialog:modal, [aria-modal=true]';
const IN_USE = `${MODAL}, [popover]:popover-open, dialog[open]`;
/** Events after which the layers may differ. They are heard in shadow roots only through what changes there. */
const LAYER_EVENTS = ['toggle', 'close', 'cancel', 'fullscreenchange', 'webkitfullscreenchange'];
/** The overlay is put on top again at most this often, in milliseconds: a page could do the same in turn. */
const RAISE_INTERVAL = 150;

let raised = 0;

/** @param {() => void} changed called when the layers may have changed */
export function watchLayers(changed) {
  for (const type of LAYER_EVENTS) window.addEventListener(type, changed, { capture: true, passive: true });
}

/**
 * Moves the overlay into the layer in use.
 * @param {Element[]} fields those with hints
 * @param {Element | null} open the one whose card is open
 * @returns {Element | null} the modal dialog that is open
 */
export function enterLayer(fields, open) {
  const active = overlayHasFocus() ? open : deepActiveElement();
  const modal = topmostModal(active, fields);
  const start = active && active !== document.body ? active : open;
  const around = modal ?? fullscreenElement();
  const inUse = start && composedClosest(start, IN_USE);
  moveOverlay(around && !(inUse && composedContains(around, inUse)) ? around : inUse ?? null);
  return modal;
}

/** @returns {Element | null} the fullscreen element if the overlay can be inside it */
function fullscreenElement() {
  let element = document.fullscreenElement;
  for (let root = element?.shadowRoot; root?.fullscreenElement; root = element?.shadowRoot) element = root.fullscreenElement;
  const holdsContent = element !== document.documentElement && !['IFRAME', 'VIDEO', 'IMG', 'CANVAS', 'OBJECT', 'EMBED'].includes(element?.tagName ?? '');
  return holdsContent ? element : null;
}

/**
 * @param {Element | null} active
 * @param {Element[]} fields
 * @returns {Element | null}
 */
function topmostModal(active, fields) {
  const own = active && composedClosest(active, MODAL);
  if (own) return own;
  const native = [...Document.prototype.querySelectorAll.call(document, 'dialog:modal')];
  if (native.length > 0) return /** @type {Element} */ (native.at(-1));
  for (const field of fields) {
    const modal = composedClosest(field, 'dialog:modal');
    if (modal) return modal;
  }
  const drawn = [...Document.prototype.querySelectorAll.call(document, '[aria-modal=true]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  return drawn.at(-1) ?? null;
}

/** Puts the overlay on top again if something of the page is above one of its parts. */
export function stayOnTop() {
  const part = [...overlayRoot.querySelectorAll('.card, .corner, .corner-tab, .badge')]
    .find((each) => each.checkVisibility({ visibilityProperty: true }));
  if (!part || performance.now() - raised < RAISE_INTERVAL) return;
  const { left, top, right, bottom } = part.getBoundingClientRect();
  const topmost = Document.prototype.elementFromPoint.call(document, (left + right) / 2, (top + bottom) / 2);
  if (topmost === null || isOverlayHost(topmost) || isHostInside(topmost)) return;
  raised = performance.now();
  raiseOverlay();
}

/**
 * Returns whether an element reported for the overlay is the shadow host of the dialog that holds it.
 * @param {Element} element
 */
function isHostInside(element) {
  return element.shadowRoot !== null && composedContains(element, overlayRoot.host) && element !== overlayRoot.host
    && element.shadowRoot.contains(overlayRoot.host);
}
