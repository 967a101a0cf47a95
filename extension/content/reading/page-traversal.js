// Walks through the page as it is drawn, open shadow roots included, and collects what a snapshot is read from.
import { appearanceOf, liveStyleOf } from '../dom/appearance.js';
import { isBudgetSpent, notePartial } from '../dom/budget.js';
import { showsText } from '../dom/clipping.js';
import { composedContains, deepActiveElement, replacedContentOf, shadowRootOf } from '../dom/composed-tree.js';
import {
  childCountOf, countNodes, findAllIn, firstChildOf, localNameOf, matchesSelector, namesAndAttributes, nextSiblingOf, withAncestors,
} from '../dom/safe-dom.js';
import { CANDIDATES, isDrawn, isNative } from './choices/candidates.js';
import { MAX_TEXT } from './controls.js';
import { HEADING_SELECTOR, MAX_DEPTH, foldWhitespace, visibleTextOf } from './names/visible-text.js';
import { BUTTON_SELECTOR } from './user-activity.js';

const MAX_NODES = 20_000;
/** Several elements may belong to one field. */
const MAX_CANDIDATES = 500;
const MAX_BUTTONS = 500;
const MAX_TEXTS = 400;

const SKIPPED = 'script, style, noscript, template, textarea, select, iframe, frame, object, svg, [contenteditable]';
/** What the page takes out of use. */
const OUT_OF_USE = '[inert], [aria-hidden=true]';
/** Elements that may be collected or skipped, by name or by attribute: faster than matching every selector. */
const [NOTICED_NAMES, NOTICED_ATTRIBUTES] = namesAndAttributes([HEADING_SELECTOR, CANDIDATES, BUTTON_SELECTOR, SKIPPED, OUT_OF_USE]);

/**
 * What is collected of a part of the page: all of it; only texts, where an open dialog keeps the user from using it; only
 * selects that are not drawn, where something else may be drawn for them.
 * @typedef {'all' | 'texts' | 'hidden-selects'} Scope
 */

export class PageTraversal {
  /** @type {string[]} */ headings = [];
  /** @type {string[]} */ texts = [];
  /** Elements that fields are made of. @type {Element[]} */ candidates = [];
  /** @type {Element[]} */ buttons = [];
  /** Boxes with a text that may be pressed, by the look of them. @type {Set<Element>} */ pressable = new Set();
  /** The document and the open shadow roots. @type {(Document | ShadowRoot)[]} */ roots = [document];
  /**
   * The elements with an attribute that is noticed.
   * @type {Set<Element>}
   */
  #noticed = new Set();
  /**
   * The elements that are still entered: all of them at first.
   * @type {{has: (element: Element) => boolean}}
   */
  #entered = { has: () => true };
  /**
   * The elements ahead that may be collected, once they are needed.
   * @type {Element[] | null}
   */
  #ahead = null;
  /**
   * The last element that was reached.
   * @type {Element}
   */
  #current = document.body;
  #nodes = 0;
  #text = '';
  /** @type {boolean | undefined} */
  #dialogOpen;

  /** Reads the whole page. */
  readDocument() {
    if (!document.body) return;
    this.#notice(document);
    this.#enter(document.body, 0, 'all');
    this.#endText();
  }

  /** @param {Document | ShadowRoot} root */
  #notice(root) {
    for (const element of root.querySelectorAll(NOTICED_ATTRIBUTES)) this.#noticed.add(element);
  }

  /** @param {Element} element */
  #isNoticed(element) {
    return NOTICED_NAMES.has(localNameOf(element)) || this.#noticed.has(element);
  }

  /**
   * @param {Element} element
   * @param {number} depth
   * @param {Scope} scope
   */
  #enter(element, depth, scope) {
    if (depth > MAX_DEPTH || !this.#entered.has(element)) return;
    const appearance = appearanceOf(element);
    let inner = scope;
    const name = localNameOf(element);
    if (NOTICED_NAMES.has(name) || this.#noticed.has(element)) {
      const attributed = this.#noticed.has(element);
      if (attributed && matchesSelector(element, OUT_OF_USE)) inner = this.#scopeOf(element, scope);
      if (appearance.display === 'none' && name !== 'select') return;
      this.#collect(element, appearance, inner);
      if (name === 'input') return;
      if (matchesSelector(element, SKIPPED)) {
        if (!appearance.inline) this.#endText();
        return;
      }
    }
    if (appearance.display === 'none') return;
    const inline = appearance.inline || appearance.display === 'contents';
    if (!inline || name === 'br') this.#endText();
    this.#readContent(element, depth, inner);
    if (!inline) this.#endText();
  }

  /**
   * @param {Element} element
   * @param {number} depth
   * @param {Scope} scope
   */
  #readContent(element, depth, scope) {
    const root = shadowRootOf(element);
    if (root) {
      this.roots.push(root);
      this.#notice(root);
    }
    // Slots are in shadow roots only.
    const replaced = this.roots.length > 1 ? replacedContentOf(element) : null;
    if (replaced) {
      for (const node of replaced) this.#reach(node, element, depth, scope);
      return;
    }
    for (let child = firstChildOf(element); child; child = nextSiblingOf(child)) {
      this.#reach(child, element, depth, scope);
      if (this.#nodes > MAX_NODES || isBudgetSpent()) return;
    }
  }

  /**
   * @param {Node} node
   * @param {Element} parent
   * @param {number} depth
   * @param {Scope} scope
   */
  #reach(node, parent, depth, scope) {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) notePartial();
    if (this.#nodes > MAX_NODES || isBudgetSpent()) return;
    if (node instanceof Element) {
      this.#current = node;
      this.#enter(node, depth + 1, scope);
    } else if (node instanceof Text && scope !== 'hidden-selects' && this.texts.length < MAX_TEXTS) {
      this.#readText(node.data, parent, scope);
    }
  }

  /**
   * @param {string} data
   * @param {Element} parent
   * @param {Scope} scope
   */
  #readText(data, parent, scope) {
    if (!appearanceOf(parent).visible) return;
    const isBlank = /^\s*$/.test(data);
    if (!isBlank && !showsText(parent)) return;
    // Folding white space shortens the text, so more is kept than fits.
    if (this.#text.length < 4 * MAX_TEXT) this.#text += data.slice(0, 4 * MAX_TEXT);
    if (!isBlank && scope === 'all' && this.pressable.size < MAX_BUTTONS && liveStyleOf(parent).cursor === 'pointer') this.pressable.add(parent);
  }

  /** Ends a line of text, which may be spread over several inline elements. */
  #endText() {
    const text = foldWhitespace(this.#text).slice(0, MAX_TEXT);
    this.#text = '';
    if (text !== '' && this.texts.length < MAX_TEXTS) this.#add(this.texts, text, MAX_TEXTS);
  }

  /**
   * Returns what is collected of a part of the page that is out of use. A page may forget that a part is in use again:
   * where the focus is, it is.
   * @param {Element} element
   * @param {Scope} scope
   * @returns {Scope}
   */
  #scopeOf(element, scope) {
    const active = deepActiveElement();
    if (active && active !== document.body && composedContains(element, active)) return scope;
    if (scope === 'hidden-selects') return scope;
    this.#dialogOpen ??= [...findAllIn(document.documentElement, 'dialog:modal, [aria-modal=true], [role=dialog]')]
      .some((dialog) => !isBudgetSpent() && isDrawn(dialog));
    return this.#dialogOpen && childCountOf(element) > 0 ? 'texts' : 'hidden-selects';
  }

  /**
   * @template T
   * @param {T[]} list not full yet
   * @param {T} item
   * @param {number} capacity
   */
  #add(list, item, capacity) {
    list.push(item);
    if (list.length === capacity) this.#narrow();
  }

  /** Once there are enough texts, limits the traversal to elements with other content that is still collected. */
  #narrow() {
    if (this.texts.length < MAX_TEXTS) return;
    this.#ahead ??= this.#findAhead();
    if (this.#ahead === null) return;
    const incomplete = [
      ...(this.candidates.length < MAX_CANDIDATES ? [CANDIDATES] : []),
      ...(this.buttons.length < MAX_BUTTONS ? [BUTTON_SELECTOR] : []),
      ...(this.headings.length < MAX_TEXTS ? [HEADING_SELECTOR] : []),
    ];
    // While all three are incomplete, entering a few elements too many is cheaper than matching all of them.
    const remaining = incomplete.length === 3
      ? this.#ahead : this.#ahead.filter((element) => isHost(element) || incomplete.some((selector) => matchesSelector(element, selector)));
    const entered = withAncestors(remaining);
    // The set holds elements of the document; all of a shadow root is entered.
    this.#entered = {
      has: (element) => entered.has(element) || (this.roots.length > 1 && Node.prototype.getRootNode.call(element) !== document),
    };
  }

  /** @returns {Element[] | null} null where the page is so large that its nodes have to be counted */
  #findAhead() {
    if (countNodes(document.body) > MAX_NODES) return null;
    const ahead = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    walker.currentNode = this.#current;
    for (let node = walker.nextNode(); node && !isBudgetSpent(); node = walker.nextNode()) {
      const element = /** @type {Element} */ (node);
      if (this.#isNoticed(element) || isHost(element)) ahead.push(element);
    }
    return ahead;
  }

  /**
   * @param {Element} element
   * @param {import('../dom/appearance.js').Appearance} appearance
   * @param {Scope} scope
   */
  #collect(element, appearance, scope) {
    if (scope !== 'all') {
      if (scope === 'texts') this.#collectHeading(element, appearance.visible);
      else if (localNameOf(element) === 'select' && !isDrawn(element)) this.#collectCandidate(element);
      return;
    }
    if (isNative(element)) {
      this.#collectCandidate(element);
      return;
    }
    this.#collectHeading(element, appearance.visible);
    if (matchesSelector(element, CANDIDATES)) this.#collectCandidate(element);
    if (appearance.visible && this.buttons.length < MAX_BUTTONS && matchesSelector(element, BUTTON_SELECTOR) && showsText(element)) {
      this.#add(this.buttons, element, MAX_BUTTONS);
    }
  }

  /** @param {Element} element */
  #collectCandidate(element) {
    if (this.candidates.length < MAX_CANDIDATES) this.#add(this.candidates, element, MAX_CANDIDATES);
  }

  /**
   * @param {Element} element
   * @param {boolean} visible
   */
  #collectHeading(element, visible) {
    if (!visible || this.headings.length >= MAX_TEXTS || !matchesSelector(element, HEADING_SELECTOR) || !showsText(element)) return;
    const text = visibleTextOf(element).slice(0, MAX_TEXT);
    if (text !== '') this.#add(this.headings, text, MAX_TEXTS);
  }
}

/** @param {Element} element */
function isHost(element) {
  return localNameOf(element).includes('-') || shadowRootOf(element) !== null;
}
