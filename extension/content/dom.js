'use strict';

/**
 * Walking the page's elements. A form gives its fields' names as properties of its own, so a field
 * named "parentElement" or "matches" would stand in the place of what the browser says: the
 * prototypes are asked instead.
 */
const Dom = (() => {
  /**
   * @param {object} prototype
   * @param {string} name
   * @returns {(of: any) => any}
   */
  function property(prototype, name) {
    const { get } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name));
    return (node) => /** @type {() => any} */ (get).call(node);
  }

  /** @type {(of: Node) => Element | null} */
  const parentOf = property(Node.prototype, 'parentElement');
  /** @type {(of: Node) => Node | null} */
  const firstOf = property(Node.prototype, 'firstChild');
  /** @type {(of: Node) => Node | null} */
  const nextOf = property(Node.prototype, 'nextSibling');
  /** @type {(of: Node) => Node | null} */
  const previousOf = property(Node.prototype, 'previousSibling');

  /** @type {(of: Element) => string} */
  const localName = property(Element.prototype, 'localName');

  /**
   * @param {Node} node
   * @param {Node} root
   * @param {boolean} inside whether what is in the node comes next, or else what is behind it
   * @returns {Node | null} in document order; null where nothing more is in the root
   */
  function after(node, root, inside) {
    let next = inside ? firstOf(node) : null;
    for (let at = /** @type {Node | null} */ (node); at && at !== root && next === null; at = parentOf(at)) next = nextOf(at);
    return next;
  }

  /**
   * @param {Element} element
   * @param {string} selector
   * @returns {boolean}
   */
  function matches(element, selector) {
    return Element.prototype.matches.call(element, selector);
  }

  /**
   * By name and attribute alone: much quicker than to match, and seldom true.
   * @param {string} selector a list, each part of which begins with a name or an attribute
   * @returns {(element: Element) => boolean} whether an element may match
   */
  function firstLook(selector) {
    const parts = selector.replace(/\([^)]*\)/g, '').split(', ');
    const first = (/** @type {RegExp} */ what) => parts.flatMap((part) => what.exec(part)?.[1] ?? []);
    const [names, attributes] = [new Set(first(/^(\w+)/)), new Set(first(/^\[(\w+)/))];
    return (element) => {
      if (names.has(nameOf(element))) return true;
      for (const attribute of attributes) if (has(element, attribute)) return true;
      return false;
    };
  }

  /**
   * For what is asked of many elements.
   * @param {string} selector as for `firstLook`
   * @returns {(element: Element) => boolean} whether an element matches
   */
  function matcher(selector) {
    const mayMatch = firstLook(selector);
    return (element) => mayMatch(element) && matches(element, selector);
  }

  /**
   * @param {Element} element
   * @param {string} selector
   * @returns {boolean} whether something in it matches
   */
  function contains(element, selector) {
    return Element.prototype.querySelector.call(element, selector) !== null;
  }

  /**
   * @param {Iterable<Element>} elements
   * @returns {Set<Element>} these, and all that they stand in
   */
  function withAncestors(elements) {
    /** @type {Set<Element>} */
    const all = new Set();
    for (const element of elements) {
      for (let at = /** @type {Element | null} */ (element); at && !all.has(at); at = parentOf(at)) all.add(at);
    }
    return all;
  }

  /**
   * @param {Element} element
   * @returns {number} how many nodes are in it, of all kinds
   */
  function nodesIn(element) {
    return document.evaluate('count(descendant::node())', element, null, XPathResult.NUMBER_TYPE, null).numberValue;
  }

  /**
   * @param {Element} element
   * @returns {string} its name, in lower case
   */
  function nameOf(element) {
    return localName(element).toLowerCase();
  }

  /**
   * @param {Element} element
   * @param {string} name
   * @returns {boolean} whether it has that attribute
   */
  function has(element, name) {
    return Element.prototype.hasAttribute.call(element, name);
  }

  /** So much of an attribute is read. No page needs more; one that has a megabyte would make every reading slow. */
  const MOST = 2000;

  /**
   * @param {Element} element
   * @param {string} name
   * @returns {string} empty where there is none
   */
  function attribute(element, name) {
    return (Element.prototype.getAttribute.call(element, name) ?? '').slice(0, MOST);
  }

  return { MOST, parentOf, firstOf, nextOf, previousOf, after, withAncestors, nodesIn, matches, firstLook, matcher, contains, attribute };
})();
