// The text of an element that the user edits in the page itself (contenteditable), with the positions of its letters.
import { appearanceOf } from './appearance.js';
import { firstChildOf, localNameOf, nextNode } from './safe-dom.js';

/** How many nodes are read; longer texts are cut off. */
const MAX_NODES = 2000;

/** @typedef {{node: Text, start: number}} Piece a text node and the position of its first letter */

/**
 * @param {Element} element
 * @returns {string} its text; each block and each line break starts a new line
 */
export function editableText(element) {
  return readPieces(element).text;
}

/**
 * @param {Element} element
 * @param {number} start in UTF-16 units of its text
 * @param {number} end in UTF-16 units of its text, exclusive
 * @returns {Range | null} the part of the page with these letters; null where it has none
 */
export function editableRange(element, start, end) {
  const { pieces } = readPieces(element);
  const first = pieces.filter((piece) => piece.start <= start).at(-1);
  const last = pieces.filter((piece) => piece.start < end).at(-1) ?? first;
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, Math.min(start - first.start, first.node.length));
  range.setEnd(last.node, Math.min(end - last.start, last.node.length));
  return range;
}

/**
 * @param {Element} element
 * @returns {{text: string, pieces: Piece[]}}
 */
function readPieces(element) {
  /** @type {Piece[]} */
  const pieces = [];
  let text = '';
  let count = 0;
  for (let node = firstChildOf(element); node && count < MAX_NODES; node = nextNode(node, element, true)) {
    count += 1;
    if (node instanceof Text) {
      pieces.push({ node, start: text.length });
      text += node.data.replaceAll('\u00a0', ' ');
    } else if (node instanceof Element && startsNewLine(node) && text !== '' && !text.endsWith('\n')) {
      text += '\n';
    }
  }
  return { text, pieces };
}

/** @param {Element} element */
function startsNewLine(element) {
  return localNameOf(element) === 'br' || !appearanceOf(element).inline;
}
