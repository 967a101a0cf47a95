// What the page shows where a part of the overlay might stand: controls and layers, which nothing may cover, and text.
// One map is made for each layout and forgotten with it. Points are sampled through the browser's own hit testing, so
// that it holds for any markup: clipping, stacking, transforms and shadow roots included.
import { composedClosest, composedContains, composedParentOf } from '../dom/composed-tree.js';
import { liveStyleOf } from '../dom/appearance.js';
import { firstChildOf, matchesSelector, nextSiblingOf } from '../dom/safe-dom.js';
import { areaOf, boxOf, boxesOverlap, intersection, isEmpty } from '../dom/boxes.js';
import { pageElementAt } from './hit-test.js';

/** @typedef {import('../dom/boxes.js').Box} Box */

/** Distance of the sampled points in CSS pixels: less than the smallest thing that can be pressed. */
const FINE = 6;
const COARSE = 15;
/** How far outside of the edges the outermost points are: the page's boxes end at fractions of a pixel. */
const EDGE = 0.5;
/** Boxes of at most this area, in square pixels, are sampled finely. */
const SMALL = 3000;
/** A layer that covers more of the window than this share is the page itself. */
const PAGE_SHARE = 0.85;
/** At most this many texts of one element are measured. */
const MAX_TEXTS = 60;

/** @param {string[]} roles */
const withRole = (...roles) => roles.map((role) => `[role=${role}]`).join(', ');
const BUTTONS = 'button, a[href], area[href], summary, option, input[type=submit], input[type=button], input[type=image], input[type=reset]';
const FIELDS = 'input:not([type=hidden]), textarea, select, [contenteditable]:not([contenteditable=false])';
const ROLES = withRole(
  'button', 'link', 'option', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'combobox', 'textbox', 'searchbox', 'spinbutton',
  'slider', 'switch', 'checkbox', 'radio', 'tab', 'treeitem', 'gridcell', 'listbox', 'menu', 'scrollbar',
);
const CONTROLS = `${FIELDS}, ${BUTTONS}, ${ROLES}, iframe, frame, object, embed, audio[controls], video[controls]`;
/** Boxes of which only the entries are pressed. */
const ENTRIES = withRole('listbox', 'menu', 'gridcell');
/** What the browser does not report at a point while it takes no pointer events. */
const UNREPORTED = 'input:not([type=hidden]), textarea, select, button, [role=button], a[href]';
const FOCUSABLE = '[tabindex]:not([tabindex^="-"])';
const LAYERS = `dialog, [popover], ${withRole('dialog', 'alertdialog', 'listbox', 'menu', 'tooltip')}`;
const PICTURES = 'img, svg, canvas, picture, video';

/**
 * How long one layout may look at points, in milliseconds: on a page of very many elements or letters, each look is slow.
 * After that the boxes of the controls that markup names have to do.
 */
const BUDGET = 250;
/** At most this many of them are measured. */
const MAX_CONTROLS = 3000;

/** @typedef {'none' | 'text' | 'control' | 'layer'} Kind what an element is for a part that would cover it */

export class Obstacles {
  /** @type {Map<Element, Kind>} */ #kinds = new Map();
  /** @type {Map<Element, Box[]>} */ #texts = new Map();
  /** @type {Box[] | null} */ #unreported = null;
  /** @type {Box[] | null} */ #boxes = null;
  #fields;
  /** The elements in use: what holds them is the page, not a layer over it. @type {Element[]} */
  #anchors;
  #bounds;
  #end;

  /**
   * @param {Element[]} fields those with hints
   * @param {Element | null} focused the element that has the focus
   * @param {Box} bounds the visible window
   */
  constructor(fields, focused, bounds) {
    this.#fields = fields;
    this.#anchors = focused ? [...fields, focused] : fields;
    this.#bounds = bounds;
    pageElementAt(bounds.left, bounds.top); // the first look lays the page out, which is not our time
    this.#end = performance.now() + BUDGET;
  }

  /**
   * @param {Box} box
   * @returns {boolean} whether a part in this box would cover a control or a layer of the page
   */
  blocks(box) {
    this.#unreported ??= this.#findUnreported();
    if (this.#unreported.some((control) => boxesOverlap(control, box))) return true;
    for (const element of this.#elementsIn(box)) {
      const kind = this.#kindOf(element);
      if (kind === 'control' || kind === 'layer') return true;
    }
    return this.isExhausted() && this.#controlsIn(box) > 0;
  }

  /**
   * Returns how many controls have boxes that overlap this one.
   * @param {Box} box
   */
  #controlsIn(box) {
    this.#boxes ??= [...Document.prototype.querySelectorAll.call(document, CONTROLS)].slice(0, MAX_CONTROLS).map(boxOf);
    return this.#boxes.filter((control) => boxesOverlap(control, box)).length;
  }

  isExhausted() {
    return performance.now() > this.#end;
  }

  /**
   * @param {Box} box
   * @returns {number} how many controls it would cover, and infinite for a layer
   */
  countControls(box) {
    if (this.isExhausted()) return this.#controlsIn(box);
    const controls = new Set();
    for (const element of this.#elementsIn(box)) {
      const kind = this.#kindOf(element);
      if (kind === 'layer') return Infinity;
      if (kind === 'control') controls.add(element);
    }
    return controls.size;
  }

  /**
   * @param {Box} box
   * @returns {number} the area of text and pictures that it would cover, in square pixels
   */
  textIn(box) {
    const elements = new Set(this.#elementsIn(box));
    let area = 0;
    for (const element of elements) {
      for (const text of this.#textsOf(element)) area += areaOf(intersection(text, box));
    }
    return area;
  }

  /**
   * Yields the page's elements at the sampled points of a box.
   * @param {Box} box
   */
  * #elementsIn(box) {
    const { left, top } = box;
    const [width, height] = [box.right - left, box.bottom - top];
    const step = width * height <= SMALL ? FINE : COARSE;
    const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
    for (let row = 0; row <= rows && !this.isExhausted(); row += 1) {
      const y = top - EDGE + (height + 2 * EDGE) * row / rows;
      for (let column = 0; column <= columns; column += 1) {
        const element = pageElementAt(left - EDGE + (width + 2 * EDGE) * column / columns, y);
        if (element) yield element;
      }
    }
  }

  /**
   * @param {Element} element
   * @returns {Kind}
   */
  #kindOf(element) {
    let kind = this.#kinds.get(element);
    if (kind === undefined) {
      kind = this.#classify(element);
      this.#kinds.set(element, kind);
    }
    return kind;
  }

  /**
   * @param {Element} element
   * @returns {Kind}
   */
  #classify(element) {
    // A field may be drawn of parts that neither markup nor style shows to be one.
    if (this.#fields.some((field) => composedContains(field, element))) return 'control';
    const control = composedClosest(element, CONTROLS);
    // The box around the entries of a menu that is part of the page is nothing to press.
    if (control && !(matchesSelector(control, ENTRIES) && this.#holdsAnchor(control))) return 'control';
    const focusable = composedClosest(element, FOCUSABLE);
    // A region that can be scrolled by keyboard holds fields, and is none.
    if (focusable && !Element.prototype.querySelector.call(focusable, FIELDS) && !this.#holdsAnchor(focusable)) return 'control';
    const label = /** @type {HTMLLabelElement | null} */ (composedClosest(element, 'label'));
    if (label && Element.prototype.querySelector.call(label, FIELDS)) return 'control';
    if (this.#isInLayer(element)) return 'layer';
    return liveStyleOf(element).cursor === 'pointer' && !this.#holdsAnchor(element) ? 'control' : 'none';
  }

  /** @param {Element} element */
  #holdsAnchor(element) {
    return this.#anchors.some((anchor) => composedContains(element, anchor));
  }

  /**
   * Returns whether an element is in a layer over the page that is not in use: an open list, a calendar, a dialog, a bar.
   * @param {Element} element
   */
  #isInLayer(element) {
    for (let at = /** @type {Element | null} */ (element); at && at !== document.body; at = composedParentOf(at)) {
      const style = liveStyleOf(at);
      const floats = style.position === 'fixed' || style.position === 'absolute';
      if (!floats && !matchesSelector(at, LAYERS)) continue;
      if (this.#holdsAnchor(at)) return false;
      const box = intersection(boxOf(at), this.#bounds);
      if (!isEmpty(box) && areaOf(box) < PAGE_SHARE * areaOf(this.#bounds)) return true;
    }
    return false;
  }

  /**
   * Returns the boxes of the visible controls that take no pointer events, such as disabled ones in some designs.
   * @returns {Box[]}
   */
  #findUnreported() {
    const boxes = [];
    for (const control of Document.prototype.querySelectorAll.call(document, UNREPORTED)) {
      if (liveStyleOf(control).pointerEvents !== 'none') continue;
      const box = intersection(boxOf(control), this.#bounds);
      if (!isEmpty(box) && control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) boxes.push(box);
    }
    return boxes;
  }

  /**
   * Returns the boxes of an element's own text, or its own box if it is a picture.
   * @param {Element} element
   * @returns {Box[]}
   */
  #textsOf(element) {
    let boxes = this.#texts.get(element);
    if (boxes !== undefined) return boxes;
    boxes = [];
    this.#texts.set(element, boxes);
    if (composedClosest(element, PICTURES)) {
      boxes.push(boxOf(element));
      return boxes;
    }
    const range = document.createRange();
    let count = 0;
    for (let node = firstChildOf(element); node && count < MAX_TEXTS; node = nextSiblingOf(node), count += 1) {
      if (!(node instanceof Text) || node.data.trim() === '') continue;
      range.selectNodeContents(node);
      boxes.push(...[...range.getClientRects()].slice(0, MAX_TEXTS));
    }
    return boxes;
  }
}
