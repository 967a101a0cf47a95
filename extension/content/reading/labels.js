// Finds the text that a user reads as a field's label. Kamu SM's markup is not known, and old pages use table cells or
// bare text, so every way of labelling is tried, the most reliable first.
import { appearanceOf } from '../dom/appearance.js';
import {
  attributeOf, containsMatch, matchesSelector, nextNode, nextSiblingOf, parentOf, previousSiblingOf, selectorMatcher,
} from '../dom/safe-dom.js';

const MAX_LENGTH = 2000;
const CONTROLS = 'input:not([type=hidden]), textarea, select, button';
export const HEADING_SELECTOR = 'h1, h2, h3, h4, h5, h6, legend, caption, [role=heading]';
const isExcluded = selectorMatcher('script, style, noscript, template, textarea, select, button, [contenteditable]');
/** How many ancestors of a field are searched for a label in bare text. */
const MAX_LEVELS = 3;
/** Most texts need no folding, and testing is faster than folding. */
const NEEDS_FOLDING = /^\s|\s\s|[^\S ]|\s$/;
const END = Symbol('a control or a heading');
/** How many nodes are visited for one snapshot; fields after that have no label. */
const NODE_BUDGET = 60_000;

let remainingNodes = NODE_BUDGET;
/**
 * Texts that were read for this snapshot.
 * @type {Map<Node, string>}
 */
let textCache = new Map();
/**
 * The page's labels by field, while a snapshot is taken.
 * @type {Map<Element, HTMLLabelElement[]> | null}
 */
let labels = null;

/**
 * Caches labels and texts while a function runs.
 * @template T
 * @param {() => T} read takes a snapshot; must not change the page
 * @returns {T}
 */
export function withLabelCache(read) {
  remainingNodes = NODE_BUDGET;
  textCache = new Map();
  labels = labelsByField();
  try {
    return read();
  } finally {
    labels = null;
  }
}

/** One search for all fields: `field.labels` searches the whole page again after every change. */
function labelsByField() {
  /** @type {Map<Element, HTMLLabelElement[]>} */
  const found = new Map();
  /** @type {Element | null} */
  let outer = null;
  for (const label of document.querySelectorAll('label')) {
    remainingNodes -= 1;
    if (remainingNodes <= 0) break;
    // HTML forbids nested labels; looking up the control of each would take time quadratic in their depth.
    if (outer?.contains(label)) continue;
    outer = label;
    const field = label.control;
    if (field === null) continue;
    const others = found.get(field);
    if (others) others.push(label);
    else found.set(field, [label]);
  }
  return found;
}

/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field */
function labelsOf(field) {
  return labels ? labels.get(field) ?? [] : [...field.labels ?? []];
}

/**
 * Returns the visible text of a node without that of controls in it, white space folded.
 * @param {Node} node
 * @returns {string}
 */
export function visibleTextOf(node) {
  let text = textCache.get(node);
  if (text === undefined) {
    text = readText(node);
    textCache.set(node, text);
  }
  return text;
}

/** @param {Node} node */
function readText(node) {
  if (node instanceof Element && !appearanceOf(node).visible) return '';
  const parts = [];
  let length = 0;
  for (let each = /** @type {Node | null} */ (node); each && remainingNodes > 0 && length <= MAX_LENGTH;) {
    const part = each === node || isRead(each) ? partOf(each) : null;
    if (part !== null) {
      remainingNodes -= 1;
      parts.push(part);
      length += part.length;
    }
    each = nextNode(each, node, part !== null);
  }
  return foldWhitespace(parts.join('')).slice(0, MAX_LENGTH);
}

/**
 * @param {Node} node
 * @returns {boolean} whether the node and its content belong to the text around it
 */
function isRead(node) {
  return !(node instanceof Element) || (!isExcluded(node) && appearanceOf(node).visible);
}

/**
 * @param {Node} node
 * @returns {string | null} what the node itself contributes to a text; null for comments and the like
 */
function partOf(node) {
  if (node instanceof Element) return gapBefore(node);
  return node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '').slice(0, 4 * MAX_LENGTH) : null;
}

/**
 * Inline elements may be part of a word; others start a new one.
 * @param {Element} element
 */
function gapBefore(element) {
  return appearanceOf(element).inline && element.tagName !== 'BR' ? '' : ' ';
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
 * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
 * @returns {string} at most 2,000 characters; empty where the field has no label
 */
export function labelOf(field) {
  const isCheckable = field.type === 'radio' || field.type === 'checkbox';
  const label = labelsOf(field).map(visibleTextOf).join(' ')
    || textOfLabelledBy(field)
    || foldWhitespace(attributeOf(field, 'aria-label'))
    || (isCheckable ? textBeside(field, nextSiblingOf) : '')
    || textOfCellBefore(field)
    || textBeside(field, previousSiblingOf)
    || foldWhitespace(attributeOf(field, 'placeholder'))
    || textOfEmptyOption(field);
  return label.slice(0, MAX_LENGTH);
}

/**
 * Returns the text of the empty first option of a select, which serves as its placeholder.
 * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
 */
function textOfEmptyOption(field) {
  const first = field instanceof HTMLSelectElement ? field.options[0] : undefined;
  return first?.value === '' ? optionText(first) : '';
}

/**
 * @param {HTMLOptionElement} option
 * @returns {string} its text, truncated where it is very long
 */
export function optionText(option) {
  return foldWhitespace((option.textContent ?? '').slice(0, 2 * MAX_LENGTH));
}

/** @param {Element} field */
function textOfLabelledBy(field) {
  const ids = foldWhitespace(attributeOf(field, 'aria-labelledby')).split(' ');
  const elements = ids.map((id) => document.getElementById(id)).filter((each) => each !== null);
  return elements.map(visibleTextOf).join(' ');
}

/** @param {Element} field */
function textOfCellBefore(field) {
  for (let cell = field.closest('td, th')?.previousElementSibling; cell; cell = cell.previousElementSibling) {
    remainingNodes -= 1;
    if (remainingNodes <= 0 || containsMatch(cell, CONTROLS)) return '';
    const text = visibleTextOf(cell);
    if (canBeLabel(text)) return text;
  }
  return '';
}

/**
 * Returns the nearest line of text on one side that can be a label, up to the next control or heading.
 * @param {Element} field
 * @param {(node: Node) => Node | null} side `previousSiblingOf` or `nextSiblingOf`
 */
function textBeside(field, side) {
  let ancestor = /** @type {Element | null} */ (field);
  for (let level = 0; ancestor && level < MAX_LEVELS && !matchesSelector(ancestor, 'form, fieldset, td, body'); level += 1) {
    for (const line of linesBeside(ancestor, side)) {
      if (line === END) return '';
      if (canBeLabel(line)) return line;
    }
    ancestor = parentOf(ancestor);
  }
  return '';
}

/**
 * Yields the lines of text among the siblings, nearest first; `END` at a control or a heading.
 * @param {Element} element
 * @param {(node: Node) => Node | null} side
 * @returns {Generator<string | typeof END>}
 */
function* linesBeside(element, side) {
  let line = '';
  for (let node = side(element); node && remainingNodes > 0; node = side(node)) {
    remainingNodes -= 1;
    const ends = node instanceof Element && endsSearch(node);
    if (ends || (node instanceof Element && gapBefore(node) !== '')) {
      yield foldWhitespace(line);
      line = '';
    }
    if (ends) {
      yield END;
    } else if (node.nodeType !== Node.COMMENT_NODE) {
      const text = node.nodeType === Node.TEXT_NODE ? node.nodeValue ?? '' : visibleTextOf(node);
      line = side === previousSiblingOf ? text + line : line + text;
    }
  }
  yield foldWhitespace(line);
}

/** @param {Element} element */
function endsSearch(element) {
  const ends = `${CONTROLS}, ${HEADING_SELECTOR}`;
  return matchesSelector(element, ends) || containsMatch(element, ends);
}

/**
 * Returns whether a text can be a label. A rule or an explanation beside a field is none, nor is a lone asterisk.
 * @param {string} text
 */
function canBeLabel(text) {
  const isSentence = text.length > 80 || (/[.!?]$/.test(text) && text.split(' ').length > 4);
  return /\p{L}/u.test(text) && !isSentence;
}
