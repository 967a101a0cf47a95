// Reads the page into a snapshot (wasm/guide/src/snapshot.rs), with bounds on time and size for any page.
import { appearanceOf, withAppearanceCache } from '../dom/appearance.js';
import { refOf } from '../dom/element-refs.js';
import { countNodes, firstChildOf, nextSiblingOf, quickFilter, selectorMatcher, withAncestors } from '../dom/safe-dom.js';
import { MAX_TEXT, MAX_VALUE, readButton, readField, withoutEmpty } from './controls.js';
import { HEADING_SELECTOR, foldWhitespace, visibleTextOf, withLabelCache } from './labels.js';
import { maskNumbers, mentionsCodes } from './sensitive-fields.js';
import { BUTTON_SELECTOR, isUserTyping } from './user-activity.js';

/** @typedef {import('../../types/messages').Button} Button */
/** @typedef {import('../../types/messages').Field} Field */
/** @typedef {import('../../types/messages').PageSnapshot} PageSnapshot */

const MAX_NODES = 20_000;
/** The HTML parser does not nest deeper. */
const MAX_DEPTH = 512;
const MAX_FIELDS = 500;
const MAX_BUTTONS = 500;
const MAX_TEXTS = 400;

const SKIPPED = 'script, style, noscript, template, textarea, select, iframe, object, svg, [contenteditable]';
const FIELDS = 'input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset]), textarea, select';
const COLLECTED = [HEADING_SELECTOR, FIELDS, BUTTON_SELECTOR].join(', ');
const mayBeCollected = quickFilter(COLLECTED);
const mayMatter = quickFilter(`${COLLECTED}, ${SKIPPED}`);
const [isSkipped, isField, isHeading, isButton] = [SKIPPED, FIELDS, HEADING_SELECTOR, BUTTON_SELECTOR]
  .map(selectorMatcher);

/** @returns {PageSnapshot} without the keys that would be empty */
export function takeSnapshot() {
  return withAppearanceCache(() => withLabelCache(readPage));
}

/** @returns {PageSnapshot} */
function readPage() {
  const traversal = new PageTraversal();
  if (document.body) traversal.enter(document.body, 0);
  traversal.endText();
  const title = foldWhitespace(String(document.title).slice(0, MAX_VALUE)).slice(0, MAX_TEXT);
  const { headings, fields, buttons, texts } = traversal;
  const allTexts = [title, ...headings, ...texts, ...buttons.map((button) => button.text)];
  return withoutEmpty({
    url: location.href.slice(0, MAX_VALUE),
    typing: traversal.typing,
    ...(mentionsCodes(allTexts) ? masked(title, traversal) : { title, headings, fields, buttons, texts }),
  });
}

/**
 * Masks all numbers: on a page that mentions a PIN or PUK, any of them may be one.
 * @param {string} title
 * @param {PageTraversal} traversal
 */
function masked(title, { headings, fields, buttons, texts }) {
  return {
    title: maskNumbers(title),
    headings: headings.map(maskNumbers),
    fields: fields.map((field) => withoutEmpty({
      ...field,
      label: maskNumbers(field.label ?? ''),
      placeholder: maskNumbers(field.placeholder ?? ''),
      options: (field.options ?? []).map(maskNumbers),
    })),
    buttons: buttons.map((button) => ({ ...button, text: maskNumbers(button.text) })),
    texts: texts.map(maskNumbers),
  };
}

/** Collects the content of the page in document order. */
class PageTraversal {
  /** @type {string[]} */ headings = [];
  /** @type {Field[]} */ fields = [];
  /** @type {Button[]} */ buttons = [];
  /** @type {string[]} */ texts = [];
  typing = '';
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

  /**
   * @param {Element} element
   * @param {number} depth
   */
  enter(element, depth) {
    if (!this.#entered.has(element)) return;
    const appearance = appearanceOf(element);
    if (appearance.display === 'none' || depth > MAX_DEPTH) return;
    if (mayMatter(element)) {
      this.#collect(element, appearance);
      if (isSkipped(element)) return;
    }
    const inline = appearance.inline || appearance.display === 'contents';
    if (!inline || element.tagName === 'BR') this.endText();
    for (let child = firstChildOf(element); child; child = nextSiblingOf(child)) {
      this.#nodes += 1;
      if (this.#nodes > MAX_NODES) return;
      if (child instanceof Element) {
        this.#current = child;
        this.enter(child, depth + 1);
      } else if (child instanceof Text && this.texts.length < MAX_TEXTS && appearance.visible) {
        this.#appendText(child.data);
      }
    }
    if (!inline) this.endText();
  }

  /** Ends a line of text, which may be spread over several inline elements. */
  endText() {
    const text = foldWhitespace(this.#text).slice(0, MAX_TEXT);
    this.#text = '';
    if (text !== '' && this.texts.length < MAX_TEXTS) this.#add(this.texts, text, MAX_TEXTS);
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
      ...(this.fields.length < MAX_FIELDS ? [isField] : []),
      ...(this.buttons.length < MAX_BUTTONS ? [isButton] : []),
      ...(this.headings.length < MAX_TEXTS ? [isHeading] : []),
    ];
    // While all three are incomplete, entering a few elements too many is cheaper than matching all of them.
    const remaining = incomplete.length === 3
      ? this.#ahead : this.#ahead.filter((element) => incomplete.some((matches) => matches(element)));
    this.#entered = withAncestors(remaining);
  }

  /** @returns {Element[] | null} null where the page is so large that its nodes have to be counted */
  #findAhead() {
    if (countNodes(document.body) > MAX_NODES) return null;
    const ahead = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    walker.currentNode = this.#current;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = /** @type {Element} */ (node);
      if (mayBeCollected(element)) ahead.push(element);
    }
    return ahead;
  }

  /** @param {string} part */
  #appendText(part) {
    // Folding white space shortens the text, so more is kept than fits.
    if (this.#text.length < 4 * MAX_TEXT) this.#text += part.slice(0, 4 * MAX_TEXT);
  }

  /**
   * @param {Element} element
   * @param {ReturnType<typeof appearanceOf>} appearance
   */
  #collect(element, appearance) {
    if (this.headings.length < MAX_TEXTS && isHeading(element) && appearance.visible) {
      const text = visibleTextOf(element).slice(0, MAX_TEXT);
      if (text !== '') this.#add(this.headings, text, MAX_TEXTS);
    }
    if (this.fields.length < MAX_FIELDS && isField(element) && appearance.visible) {
      this.#add(this.fields, readField(/** @type {import('./controls.js').Control} */ (element)), MAX_FIELDS);
      if (isUserTyping(element)) this.typing = refOf(element, 'f');
    }
    if (this.buttons.length < MAX_BUTTONS && isButton(element) && appearance.visible) {
      const button = readButton(element);
      if (button) this.#add(this.buttons, button, MAX_BUTTONS);
    }
  }
}
