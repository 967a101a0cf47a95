// Walks the page as it is drawn: through open shadow roots, with slotted elements at the place of their slot.
import { isBudgetSpent } from './budget.js';
import { firstChildOf, localNameOf, matchesSelector, nextSiblingOf, parentOf, property } from './safe-dom.js';

/** @type {(element: Element) => ShadowRoot | null} its shadow root where that is open */
export const shadowRootOf = property(Element.prototype, 'shadowRoot');
/** @type {(element: Element) => HTMLSlotElement | null} the slot that it is drawn in */
const slotOf = property(Element.prototype, 'assignedSlot');

/**
 * @param {Element} element
 * @returns {Element | null} the element around it as drawn: its slot, its parent, or the host of its shadow root
 */
export function composedParentOf(element) {
  const slot = slotOf(element);
  if (slot) return slot;
  const parent = parentOf(element);
  if (parent) return parent;
  const root = Node.prototype.getRootNode.call(element);
  return root instanceof ShadowRoot ? root.host : null;
}

/**
 * @param {Element} ancestor
 * @param {Element} element
 * @returns {boolean} whether the element is the ancestor or drawn inside it; false once the budget is spent
 */
export function composedContains(ancestor, element) {
  for (let at = /** @type {Element | null} */ (element); at && !isBudgetSpent(); at = composedParentOf(at)) if (at === ancestor) return true;
  return false;
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {Element | null} the element or the nearest one around it that matches, across shadow roots; none once the budget
 *   is spent
 */
export function composedClosest(element, selector) {
  let at = /** @type {Element | null} */ (element);
  while (at && !isBudgetSpent() && !matchesSelector(at, selector)) at = composedParentOf(at);
  return isBudgetSpent() ? null : at;
}

/** @returns {Element | null} the element that has the focus, inside open shadow roots too */
export function deepActiveElement() {
  let active = document.activeElement;
  for (let inner = active && shadowRootOf(active)?.activeElement; inner; inner = shadowRootOf(inner)?.activeElement) {
    active = inner;
  }
  return active;
}

/**
 * @param {Element} element
 * @returns {Node[] | null} what is drawn in it instead of its child nodes: the content of its shadow root, or the nodes
 * assigned to a slot; null where its own child nodes are drawn
 */
export function replacedContentOf(element) {
  const root = shadowRootOf(element);
  if (root) return [...root.childNodes];
  const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
  return assigned.length > 0 ? assigned : null;
}

/**
 * @param {Node} node
 * @returns {Iterable<Node>} its child nodes as drawn
 */
export function* drawnChildrenOf(node) {
  const replaced = node instanceof Element ? replacedContentOf(node) : null;
  if (replaced) {
    yield* replaced;
    return;
  }
  for (let child = firstChildOf(node); child; child = nextSiblingOf(child)) yield child;
}

/**
 * @param {Element} element
 * @param {string} id
 * @returns {Element | null} the element with this id in the same document or shadow root
 */
export function elementByIdNear(element, id) {
  const root = Node.prototype.getRootNode.call(element);
  return root instanceof Document || root instanceof ShadowRoot ? root.getElementById(id) : null;
}

/**
 * @param {Element} from
 * @param {Element} to
 * @returns {number} how many levels above the first element the nearest ancestor of both is
 */
export function levelsToCommonAncestor(from, to) {
  let level = 0;
  for (let at = /** @type {Element | null} */ (from); at && !isBudgetSpent() && !composedContains(at, to); at = composedParentOf(at)) level += 1;
  return level;
}

/**
 * @param {Element[]} elements at least one
 * @returns {Element | null} the nearest ancestor of all of them; not one of them
 */
export function commonAncestorOf(elements) {
  let ancestor = composedParentOf(elements[0]);
  while (ancestor && !isBudgetSpent()) {
    const around = ancestor;
    if (localNameOf(around) !== 'slot' && elements.every((element) => composedContains(around, element))) return ancestor;
    ancestor = composedParentOf(ancestor);
  }
  return null;
}
