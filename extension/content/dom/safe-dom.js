// DOM access that form fields cannot shadow. A form exposes its fields by name as properties of its own, so a field named
// "parentElement" or "matches" would replace the browser's property. These functions use those of the prototypes.

import { SEARCH, isBudgetSpent } from './budget.js';

/**
 * @param {object} prototype
 * @param {string} name
 * @returns {(node: any) => any}
 */
export function property(prototype, name) {
  const { get } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name));
  return (node) => /** @type {() => any} */ (get).call(node);
}

/** @type {(node: Node) => Element | null} */
export const parentOf = property(Node.prototype, 'parentElement');
/** @type {(element: Element) => number} */
export const childCountOf = property(Element.prototype, 'childElementCount');
/** @type {(node: Node) => string} */
const wholeTextOf = property(Node.prototype, 'textContent');
/** @type {(node: Node) => Node | null} */
export const firstChildOf = property(Node.prototype, 'firstChild');
/** @type {(node: Node) => Node | null} */
export const nextSiblingOf = property(Node.prototype, 'nextSibling');
/** @type {(node: Node) => Node | null} */
export const previousSiblingOf = property(Node.prototype, 'previousSibling');

/** @type {(node: Element) => string} */
export const localNameOf = property(Element.prototype, 'localName');

/**
 * @param {Node} node
 * @returns {string} the text of all nodes in it; empty once the budget is spent
 */
export function textContentOf(node) {
  return isBudgetSpent(SEARCH) ? '' : wholeTextOf(node);
}

/**
 * @param {Node} node
 * @param {Node} root
 * @param {boolean} inside whether to descend into the node, or skip its content
 * @returns {Node | null} the next node in document order; null at the end of the root
 */
export function nextNode(node, root, inside) {
  let next = inside ? firstChildOf(node) : null;
  for (let at = /** @type {Node | null} */ (node); at && at !== root && next === null; at = parentOf(at)) next = nextSiblingOf(at);
  return next;
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {boolean}
 */
export function matchesSelector(element, selector) {
  return Element.prototype.matches.call(element, selector);
}

/**
 * Splits selectors by what the first condition of each part is.
 * @param {string[]} selectors lists, each part of which starts with a name or an attribute
 * @returns {[Set<string>, string]} the names, and a selector of the attributes
 */
export function namesAndAttributes(selectors) {
  const parts = selectors.join(', ').replace(/\([^)]*\)/g, '').split(', ');
  const extract = (/** @type {RegExp} */ pattern) => parts.flatMap((part) => pattern.exec(part)?.[1] ?? []);
  const attributes = new Set(extract(/^\[([\w-]+)/));
  return [new Set(extract(/^([\w-]+)/)), [...attributes].map((name) => `[${name}]`).join(', ')];
}

/**
 * Filters by name and attribute alone, which is much faster than matching and rarely true.
 * @param {string} selector as for `namesAndAttributes`
 * @returns {(element: Element) => boolean} whether an element may match
 */
function quickFilter(selector) {
  const [names, attributeSelector] = namesAndAttributes([selector]);
  const attributes = attributeSelector.replace(/[[\]]/g, '').split(', ').filter((name) => name !== '');
  return (element) => names.has(localNameOf(element)) || attributes.some((attribute) => has(element, attribute));
}

/**
 * Returns a fast predicate for a selector that is matched against many elements.
 * @param {string} selector as for `namesAndAttributes`
 * @returns {(element: Element) => boolean} whether an element matches
 */
export function selectorMatcher(selector) {
  const mayMatch = quickFilter(selector);
  return (element) => mayMatch(element) && matchesSelector(element, selector);
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {Element | null} the first descendant that matches; none once the budget is spent
 */
export function findIn(element, selector) {
  if (isBudgetSpent(SEARCH)) return null;
  return Element.prototype.querySelector.call(element, selector);
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {ArrayLike<Element> & Iterable<Element>} all descendants that match; none once the budget is spent
 */
export function findAllIn(element, selector) {
  return isBudgetSpent(SEARCH) ? [] : Element.prototype.querySelectorAll.call(element, selector);
}

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {boolean} whether a descendant matches
 */
export function containsMatch(element, selector) {
  return findIn(element, selector) !== null;
}

/**
 * @param {Iterable<Element>} elements
 * @returns {Set<Element>} the elements and all their ancestors
 */
export function withAncestors(elements) {
  /** @type {Set<Element>} */
  const all = new Set();
  for (const element of elements) {
    for (let at = /** @type {Element | null} */ (element); at && !all.has(at); at = parentOf(at)) all.add(at);
  }
  return all;
}

/**
 * @param {Element} element
 * @returns {DOMRect} its box in the window
 */
export function boundingBoxOf(element) {
  return Element.prototype.getBoundingClientRect.call(element);
}

/**
 * @param {Element} element
 * @returns {number} the number of its descendants, of all node types
 */
export function countNodes(element) {
  return document.evaluate('count(descendant::node())', element, null, XPathResult.NUMBER_TYPE, null).numberValue;
}


/**
 * @param {Element} element
 * @param {string} name
 * @returns {boolean} whether it has the attribute
 */
export function has(element, name) {
  return Element.prototype.hasAttribute.call(element, name);
}

/** The maximum length of an attribute value that is read, in UTF-16 units: a megabyte would slow down every reading. */
export const MAX_ATTRIBUTE_LENGTH = 2000;

/**
 * @param {Element} element
 * @param {string} name
 * @returns {string} the first 2,000 units of the attribute; empty without one
 */
export function attributeOf(element, name) {
  return (Element.prototype.getAttribute.call(element, name) ?? '').slice(0, MAX_ATTRIBUTE_LENGTH);
}
