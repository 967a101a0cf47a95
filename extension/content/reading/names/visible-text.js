// Reads the text that a user sees in part of the page.
import { spendNodes } from '../../dom/budget.js';
import { appearanceOf, liveStyleOf } from '../../dom/appearance.js';
import { showsText } from '../../dom/clipping.js';
import { composedParentOf, drawnChildrenOf } from '../../dom/composed-tree.js';
import {
  attributeOf, boundingBoxOf, childCountOf, firstChildOf, localNameOf, selectorMatcher,
} from '../../dom/safe-dom.js';

export const MAX_LENGTH = 2000;
/** The HTML parser does not nest deeper. */
export const MAX_DEPTH = 512;
export const HEADING_SELECTOR = 'h1, h2, h3, h4, h5, h6, legend, caption, [role=heading]';
/** Elements whose text is not part of the text around them. */
const isExcluded = selectorMatcher('script, style, noscript, template, textarea, select, button, [contenteditable]');
/** What assistive technology skips, such as icons, and what is shown only for a moment. */
const isDecoration = selectorMatcher('[aria-hidden=true], [role=tooltip]');
const isImage = selectorMatcher('img, [role=img]');
/** Most texts need no folding, and testing is faster than folding. */
const NEEDS_FOLDING = /^\s|\s\s|[^\S ]|\s$/;
/** Separates lines; white space to `foldWhitespace`. */
const LINE_BREAK = '\u2028';
/** A word that an icon font may draw as one symbol. */
const LIGATURE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** The width of such a symbol, as a multiple of the font size. */
const SYMBOL_WIDTH = 1.3;

/**
 * Texts that were read for this snapshot.
 * @type {Map<Node, string>}
 */
let cache = new Map();

/** Starts a reading. */
export function resetTextCache() {
  cache = new Map();
}

/**
 * Collapses white space and trims.
 * @param {string} text
 * @returns {string}
 */
export function foldWhitespace(text) {
  return NEEDS_FOLDING.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

/**
 * Returns the visible text of a node without that of controls in it, white space folded.
 * @param {Node} node
 * @returns {string}
 */
export function visibleTextOf(node) {
  let text = cache.get(node);
  if (text === undefined) {
    const isHidden = node instanceof Element && !appearanceOf(node).visible;
    text = isHidden ? '' : foldWhitespace(readParts(node, isShown)).slice(0, MAX_LENGTH);
    cache.set(node, text);
  }
  return text;
}

/**
 * Returns the visible text of an element, line by line.
 * @param {Element} element
 * @param {(element: Element) => boolean} [isLeftOut] elements whose text is skipped
 * @returns {string[]} without empty lines
 */
export function visibleLinesOf(element, isLeftOut = () => false) {
  return linesOf(element, (each) => isShown(each) && !isLeftOut(each));
}

/**
 * Returns what an element shows, also to whom assistive technology tells it in another way.
 * @param {Element} element
 * @param {(element: Element) => boolean} isLeftOut elements whose text is skipped
 * @returns {string[]} without empty lines
 */
export function drawnLinesOf(element, isLeftOut) {
  return linesOf(element, (each) => (localNameOf(each) === 'button' ? isDrawnText(each) : isSeen(each)) && !isLeftOut(each));
}

/**
 * @param {Element} element
 * @param {(element: Element) => boolean} isRead
 */
function linesOf(element, isRead) {
  const parts = readParts(element, isRead, (text) => text.replace(/\s+/g, ' '));
  return parts.slice(0, 2 * MAX_LENGTH).split(LINE_BREAK).map(foldWhitespace).filter((line) => line !== '');
}

/**
 * Returns every text in a node that a person may be told, also what is not visible: tooltips, icons, text for screen
 * readers.
 * @param {Node} node
 * @returns {string}
 */
export function fullTextOf(node) {
  return foldWhitespace(readParts(node, (element) => !isExcluded(element))).slice(0, MAX_LENGTH);
}

/** @param {Element} element */
function isShown(element) {
  return !isDecoration(element) && isSeen(element);
}

/** @param {Element} element */
function isSeen(element) {
  return !isExcluded(element) && isDrawnText(element);
}

/** @param {Element} element */
function isDrawnText(element) {
  return appearanceOf(element).visible && !isForScreenReaders(element) && !isIconWord(element);
}

/**
 * Returns whether an element is cut down to nothing, as texts for screen readers are.
 * @param {Element} element
 */
function isForScreenReaders(element) {
  const appearance = appearanceOf(element);
  if (appearance.display === 'inline') return false; // faster than reading the position
  const { position } = appearance;
  return (position === 'absolute' || position === 'fixed') && !showsText(element);
}

/**
 * Returns whether an element's text is the name of a symbol that an icon font draws instead.
 * @param {Element} element
 */
function isIconWord(element) {
  if (childCountOf(element) > 0) return false;
  const only = firstChildOf(element);
  const parent = composedParentOf(element);
  if (!(only instanceof Text) || only.nextSibling || parent === null) return false;
  const word = only.data.trim();
  if (word.length < 3 || !LIGATURE.test(word)) return false;
  const style = liveStyleOf(element);
  if (style.fontFamily === liveStyleOf(parent).fontFamily) return false;
  return boundingBoxOf(element).width <= SYMBOL_WIDTH * Number.parseFloat(style.fontSize);
}

/**
 * @param {Node} root read even where it would be left out of the text around it
 * @param {(element: Element) => boolean} isRead
 * @param {(text: string) => string} [ofText]
 * @returns {string} the texts, with a line break at each border of a line
 */
function readParts(root, isRead, ofText = (text) => text) {
  let text = '';
  const append = (/** @type {Node} */ node, /** @type {number} */ depth) => {
    if (text.length > MAX_LENGTH || depth > MAX_DEPTH || !spendNodes()) return;
    if (node instanceof Text) {
      text += ofText(node.data.slice(0, 4 * MAX_LENGTH));
    } else if (node instanceof Element) {
      if (node !== root && !isRead(node)) return;
      const isLine = startsLine(node);
      if (isLine) text += LINE_BREAK;
      if (isImage(node)) text += attributeOf(node, 'alt') || attributeOf(node, 'aria-label');
      for (const child of drawnChildrenOf(node)) append(child, depth + 1);
      if (isLine) text += LINE_BREAK;
    }
  };
  append(root, 0);
  return text;
}

/**
 * Inline elements may be part of a word; others start a new line.
 * @param {Element} element
 * @returns {boolean}
 */
export function startsLine(element) {
  const appearance = appearanceOf(element);
  return localNameOf(element) === 'br' || !(appearance.inline || appearance.display === 'contents');
}
