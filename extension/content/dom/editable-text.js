// The text of an element that the user edits in place (`contenteditable`), and where each part of it is in the document.
import { liveStyleOf } from './appearance.js';
import { spendNodes } from './budget.js';
import { nextSiblingOf, firstChildOf } from './safe-dom.js';

/** How many nodes are read; longer texts are cut off. */
const MAX_NODES = 2000;
/** The same in UTF-16 units; no value of this length is checked. */
const MAX_LENGTH = 20_000;

/**
 * A piece of the text that is in one text node.
 * @typedef {{node: Text, start: number}} Piece `start` is its position in the whole text, in UTF-16 units
 */

/**
 * @param {Element} element
 * @returns {boolean} whether the user edits its content in place
 */
export function isEditingHost(element) {
  return element instanceof HTMLElement && element.isContentEditable
    && !['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName) && element.parentElement?.isContentEditable !== true;
}

/**
 * Returns the text as the user sees it: the text nodes joined, blocks and line breaks as "\n", and every other white space
 * as a space, so that each position of a text node has one in the text.
 * @param {Element} element
 * @returns {string}
 */
export function editableText(element) {
  return read(element).text;
}

/**
 * @param {Element} element
 * @param {number} start in UTF-16 units of `editableText`
 * @param {number} end exclusive
 * @returns {Range} the same part of the document; at the end of the element where the text is shorter
 */
export function editableRange(element, start, end) {
  const { pieces } = read(element);
  const range = document.createRange();
  range.selectNodeContents(element);
  range.collapse(false);
  const first = pieces.find((piece) => start < piece.start + piece.node.data.length)
    ?? pieces.filter((piece) => start <= piece.start + piece.node.data.length).at(-1);
  if (first === undefined) return range;
  const last = pieces.filter((piece) => end > piece.start).at(-1) ?? first;
  range.setStart(first.node, clamp(start - first.start, first.node));
  range.setEnd(last.node, clamp(Math.max(end, start) - last.start, last.node));
  return range;
}

/**
 * @param {Element} element
 * @param {Node} node in the element
 * @param {number} offset in the node, as in a selection
 * @returns {number} the position in `editableText`
 */
export function editableOffset(element, node, offset) {
  const { text, pieces } = read(element);
  const point = document.createRange();
  point.setStart(node, offset);
  for (const piece of pieces) {
    if (piece.node === node) return piece.start + offset;
    // The first text behind the point.
    if (point.comparePoint(piece.node, 0) >= 0) return piece.start;
  }
  return text.length;
}

/**
 * @param {number} offset
 * @param {Text} node
 */
function clamp(offset, node) {
  return Math.max(0, Math.min(offset, node.data.length));
}

/**
 * @param {Element} element
 * @returns {{text: string, pieces: Piece[]}}
 */
function read(element) {
  /** @type {Piece[]} */
  const pieces = [];
  let text = '';
  let isLineDue = false;
  let count = 0;
  const breakLine = () => {
    if (isLineDue && text !== '') text += '\n';
    isLineDue = false;
  };
  const visit = (/** @type {Node} */ parent, /** @type {number} */ depth) => {
    for (let node = firstChildOf(parent); node && depth < 100; node = nextSiblingOf(node)) {
      count += 1;
      if (count > MAX_NODES || text.length > MAX_LENGTH || !spendNodes()) return;
      if (node instanceof Text) {
        if (node.data === '') continue;
        breakLine();
        pieces.push({ node, start: text.length });
        text += node.data.slice(0, MAX_LENGTH + 1 - text.length).replace(/\s/g, (space) => (space === '\n' && keepsLines(parent) ? '\n' : ' '));
      } else if (node instanceof HTMLBRElement) {
        breakLine();
        // The last one of a block only gives an empty line its height.
        if (nextSiblingOf(node)) isLineDue = true;
        if (isLineDue && text === '') text = '\n';
      } else if (node instanceof Element) {
        const { display } = liveStyleOf(node);
        if (display === 'none') continue;
        const isBlock = !display.startsWith('inline') && display !== 'contents';
        if (isBlock) isLineDue = true;
        visit(node, depth + 1);
        if (isBlock) isLineDue = true;
      }
    }
  };
  visit(element, 0);
  return { text, pieces };
}

/** @param {Node} parent */
function keepsLines(parent) {
  return parent instanceof Element && /^(pre|break)/.test(liveStyleOf(parent).whiteSpace);
}
