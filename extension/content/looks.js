'use strict';

/** How the page's elements are drawn. */
const Looks = (() => {
  const { checkVisibility } = Element.prototype;
  /** Without a prototype: the browser looks for further options in it every time. */
  const SEEN = { __proto__: null, visibilityProperty: true, opacityProperty: true };

  /** What a style says is what holds when it is asked, so an element's is kept for good. */
  /** @type {WeakMap<Element, CSSStyleDeclaration>} */
  const styles = new WeakMap();

  /** How one element is drawn; each answer is asked for once, since they take long. */
  class Look {
    /** @type {boolean | undefined} */
    #visible;

    /** @param {Element} element */
    constructor(element) {
      this.element = element;
      this.display = styleOf(element).display;
    }

    /** Whether it stands in one line with what is around it. */
    get inline() {
      return this.display.startsWith('inline');
    }

    get visible() {
      this.#visible ??= isVisible(this);
      return this.#visible;
    }
  }

  /** Looks that hold while the page is read. */
  /** @type {Map<Element, Look> | null} */
  let known = null;

  /**
   * Remembers looks meanwhile, and no longer.
   * @template T
   * @param {() => T} read must not change the page
   * @returns {T}
   */
  function during(read) {
    known = new Map();
    try {
      return read();
    } finally {
      known = null;
    }
  }

  /**
   * @param {Element} element
   * @returns {Look}
   */
  function of(element) {
    let look = known?.get(element);
    if (look === undefined) {
      look = new Look(element);
      known?.set(element, look);
    }
    return look;
  }

  /**
   * @param {Look} look
   * @returns {boolean}
   */
  function isVisible({ element, display }) {
    // Without a box of its own an element shows what its parent would.
    const parent = display === 'contents' ? Dom.parentOf(element) : null;
    return parent ? of(parent).visible : checkVisibility.call(element, SEEN);
  }

  /**
   * @param {Element} element
   * @returns {CSSStyleDeclaration} what holds for it now, whenever that is
   */
  function styleOf(element) {
    let style = styles.get(element);
    if (style === undefined) {
      style = getComputedStyle(element);
      styles.set(element, style);
    }
    return style;
  }

  return { during, of, styleOf };
})();
