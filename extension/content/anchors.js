'use strict';

/**
 * Names for the page's elements. A snapshot leaves the page as plain data; the hints that answer it
 * find their element again by the name. An element keeps its name for as long as it lives.
 */
const Anchors = (() => {
  /** @type {WeakMap<Element, string>} */
  const names = new WeakMap();
  /** @type {Map<string, WeakRef<Element>>} */
  const elements = new Map();
  const collected = new FinalizationRegistry((/** @type {string} */ name) => elements.delete(name));
  let count = 0;

  /**
   * @param {Element} element
   * @param {string} prefix "f" for a field, "b" for a button; used when it has no name yet
   * @returns {string} such as "f1"
   */
  function nameOf(element, prefix) {
    const known = names.get(element);
    if (known !== undefined) return known;
    count += 1;
    const name = `${prefix}${count}`;
    names.set(element, name);
    elements.set(name, new WeakRef(element));
    collected.register(element, name);
    return name;
  }

  /**
   * @param {string} name
   * @returns {Element | null} null where the element has left the page
   */
  function elementOf(name) {
    const element = elements.get(name)?.deref();
    return element?.isConnected ? element : null;
  }

  return { nameOf, elementOf };
})();
