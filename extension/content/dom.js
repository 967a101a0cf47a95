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
   * @returns {(of: Node) => any}
   */
  function property(prototype, name) {
    const { get } = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name));
    return (node) => /** @type {() => any} */ (get).call(node);
  }

  /** @type {(of: Node) => Element | null} */
  const parentOf = property(Node.prototype, 'parentElement');
  /** @type {(of: Node) => NodeListOf<ChildNode>} */
  const childrenOf = property(Node.prototype, 'childNodes');

  /**
   * @param {Element} element
   * @param {string} selector
   * @returns {boolean}
   */
  function matches(element, selector) {
    return Element.prototype.matches.call(element, selector);
  }

  /** So much of an attribute is read. No page needs more; one that has a megabyte would make every reading slow. */
  const MOST = 2000;

  /**
   * @param {Element} element
   * @param {string} name
   * @returns {string} empty where there is none
   */
  function attribute(element, name) {
    return (element.getAttribute(name) ?? '').slice(0, MOST);
  }

  return { MOST, parentOf, childrenOf, matches, attribute };
})();
