// Which element of the page is seen at a point, through open shadow roots, as if the overlay were not there.
import { shadowRootOf } from '../dom/composed-tree.js';
import { isOverlayHost } from './host.js';

// A form's field could replace the document's own functions by its name.
const { elementFromPoint, elementsFromPoint } = Document.prototype;
const inRoot = ShadowRoot.prototype;

/**
 * @param {number} x in CSS pixels of the window
 * @param {number} y
 * @returns {Element | null} the innermost element; null outside of the page
 */
export function pageElementAt(x, y) {
  let element = topmost(document, x, y);
  for (let depth = 0; element !== null && depth < 100; depth += 1) {
    const root = shadowRootOf(element);
    const inner = root && topmost(root, x, y);
    // A shadow root reports its host where none of its own elements are.
    if (!inner || inner === element || inner.getRootNode() !== root) break;
    element = inner;
  }
  return element;
}

/**
 * @param {Document | ShadowRoot} root
 * @param {number} x
 * @param {number} y
 * @returns {Element | null}
 */
function topmost(root, x, y) {
  const isDocument = root instanceof Document;
  const first = (isDocument ? elementFromPoint : inRoot.elementFromPoint).call(root, x, y);
  if (first === null || !isOverlayHost(first)) return first;
  const all = (isDocument ? elementsFromPoint : inRoot.elementsFromPoint).call(root, x, y);
  return all.find((/** @type {Element} */ element) => !isOverlayHost(element)) ?? null;
}
