// How the page's elements are rendered, cached while a snapshot is taken.
import { composedParentOf } from './composed-tree.js';

const { checkVisibility } = Element.prototype;
/** Without a prototype, so that the browser does not look up further options in it at every call. */
const VISIBILITY_OPTIONS = { __proto__: null, visibilityProperty: true, opacityProperty: true };

/**
 * Computed styles are live, so one per element is enough.
 * @type {WeakMap<Element, CSSStyleDeclaration>}
 */
const styles = new WeakMap();

/** How an element is rendered. Each property is computed once, because they are expensive. */
export class Appearance {
  /** @type {boolean | undefined} */
  #visible;
  /** @type {string | undefined} */
  #position;
  /** @type {string | undefined} */
  #overflow;
  /**
   * The visible part of its content, once known (clipping.js).
   * @type {import('./boxes.js').Box | undefined}
   */
  clip;
  /**
   * Whether it and all around it are in the flow of the page, once known (clipping.js).
   * @type {boolean | undefined}
   */
  inFlow;

  /** @param {Element} element */
  constructor(element) {
    this.element = element;
    this.display = liveStyleOf(element).display;
  }

  /** Returns whether it is laid out inline. */
  get inline() {
    return this.display.startsWith('inline');
  }

  /** Returns its computed `position`. */
  get position() {
    this.#position ??= liveStyleOf(this.element).position;
    return this.#position;
  }

  /** Returns its computed `overflow`, of both axes where they differ. */
  get overflow() {
    this.#overflow ??= liveStyleOf(this.element).overflow;
    return this.#overflow;
  }

  get visible() {
    this.#visible ??= isVisible(this);
    return this.#visible;
  }
}

/**
 * Filled while the page is read.
 * @type {Map<Element, Appearance> | null}
 */
let cache = null;

/**
 * Caches appearances while a function runs.
 * @template T
 * @param {() => T} read must not change the page
 * @returns {T}
 */
export function withAppearanceCache(read) {
  cache = new Map();
  try {
    return read();
  } finally {
    cache = null;
  }
}

/**
 * @param {Element} element
 * @returns {Appearance}
 */
export function appearanceOf(element) {
  let appearance = cache?.get(element);
  if (appearance === undefined) {
    appearance = new Appearance(element);
    cache?.set(element, appearance);
  }
  return appearance;
}

/**
 * @param {Appearance} appearance
 * @returns {boolean}
 */
function isVisible({ element, display }) {
  // An element without a box is as visible as its parent.
  const parent = display === 'contents' ? composedParentOf(element) : null;
  return parent ? appearanceOf(parent).visible : checkVisibility.call(element, VISIBILITY_OPTIONS);
}

/**
 * @param {Element} element
 * @returns {CSSStyleDeclaration} its computed style, which is live
 */
export function liveStyleOf(element) {
  let style = styles.get(element);
  if (style === undefined) {
    style = getComputedStyle(element);
    styles.set(element, style);
  }
  return style;
}
