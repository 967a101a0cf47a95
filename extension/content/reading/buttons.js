// Finds what the user can press: buttons, links, menu entries, and what a page makes pressable without saying so.
import { appearanceOf, liveStyleOf } from '../dom/appearance.js';
import { isBudgetSpent } from '../dom/budget.js';
import { composedContains, composedParentOf } from '../dom/composed-tree.js';
import { refOf } from '../dom/element-refs.js';
import { attributeOf, childCountOf, findIn, matchesSelector } from '../dom/safe-dom.js';
import { MAX_TEXT, MAX_VALUE, withoutEmpty } from './controls.js';
import { HEADING_SELECTOR, foldWhitespace, fullTextOf, visibleLinesOf, visibleTextOf } from './names/visible-text.js';
import { veilText } from './veil.js';
import { BUTTON_SELECTOR, hasUserReached, noteButton } from './user-activity.js';

/** @typedef {import('../../types/messages').Button} Button */

/** A longer text is not the name of a menu entry. */
const MAX_NAME = 80;
/** A link without a text may be stretched over a box that is at most so many levels around it. */
const MAX_LEVELS = 4;

/**
 * @param {Element} element
 * @returns {Button | null} null for a button without a text
 */
export function readButton(element) {
  const anchor = pressedBoxOf(element);
  if (!matchesSelector(anchor, BUTTON_SELECTOR)) noteButton(anchor);
  const text = veilText(foldWhitespace(nameOf(anchor, element).slice(0, MAX_VALUE)).slice(0, MAX_TEXT));
  return text === '' ? null : withoutEmpty({
    ref: refOf(anchor, 'b'), text, reached: hasUserReached(element) || hasUserReached(anchor),
  });
}

/**
 * @param {Element} anchor
 * @param {Element} element the button in it
 */
function nameOf(anchor, element) {
  if (element instanceof HTMLInputElement) {
    return element.value || element.alt || attributeOf(element, 'aria-label') || attributeOf(element, 'title');
  }
  const shown = shownName(anchor);
  if (/[\p{L}\p{N}]/u.test(shown)) return shown;
  return attributeOf(element, 'aria-label') || attributeOf(element, 'title') || shown || fullTextOf(element);
}

/**
 * Returns the visible name. Of several lines, the heading or the first one is the name, the others explain it.
 * @param {Element} element
 */
function shownName(element) {
  const text = visibleTextOf(element);
  if (childCountOf(element) === 0) return text;
  const heading = findIn(element, HEADING_SELECTOR);
  if (heading && visibleTextOf(heading) !== '') return visibleTextOf(heading);
  return visibleLinesOf(element).find((line) => /\p{L}/u.test(line)) ?? text;
}

/**
 * Returns the box that a press on an element belongs to: the element itself, or the box that a link is stretched over.
 * @param {Element} element
 */
function pressedBoxOf(element) {
  if (!matchesSelector(element, 'a, button') || !isStretched(element)) return element;
  let box = composedParentOf(element);
  for (let level = 0; box && level < MAX_LEVELS; level += 1) {
    if (appearanceOf(box).position !== 'static') return visibleTextOf(box).length <= 4 * MAX_NAME ? box : element;
    box = composedParentOf(box);
  }
  return element;
}

/**
 * Returns whether a generated box lies over all that is around a link.
 * @param {Element} element
 */
function isStretched(element) {
  if (appearanceOf(element).position !== 'static') return false;
  return ['::before', '::after'].some((pseudo) => {
    const { content, position, left, right } = getComputedStyle(element, pseudo);
    return content !== 'none' && content !== 'normal' && position === 'absolute' && left === '0px' && right === '0px';
  });
}

/**
 * Finds the menu entries among boxes with a text over which the pointer becomes a hand: the outermost box with a hand, where
 * it has no button or field in it.
 * @param {Iterable<Element>} elements
 * @param {Element[]} others buttons and fields
 * @returns {Set<Element>}
 */
export function findMenuEntries(elements, others) {
  /** @type {Set<Element>} */
  const entries = new Set();
  for (const element of elements) {
    if (isBudgetSpent()) break;
    const box = outermostWithHand(element);
    if (!entries.has(box) && isMenuEntry(box, others)) entries.add(box);
  }
  return entries;
}

/** @param {Element} element */
function outermostWithHand(element) {
  let box = element;
  for (let parent = composedParentOf(box); parent && !isBudgetSpent() && liveStyleOf(parent).cursor === 'pointer'; parent = composedParentOf(parent)) box = parent;
  return box;
}

/**
 * @param {Element} box
 * @param {Element[]} others
 */
function isMenuEntry(box, others) {
  if (matchesSelector(box, 'label, option, html, body')) return false;
  const text = visibleTextOf(box);
  return text !== '' && text.length <= 4 * MAX_NAME && shownName(box).length <= MAX_NAME
    && !others.some((other) => composedContains(box, other) || composedContains(other, box));
}
