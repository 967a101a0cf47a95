// Finds the text that a user reads as a field's label. Kamu SM's markup is not known, and old pages use table cells or
// bare text, so every way of labelling is tried, the most reliable first.
import { appearanceOf, liveStyleOf } from '../../dom/appearance.js';
import { spendNodes } from '../../dom/budget.js';
import { composedClosest, composedContains, composedParentOf, elementByIdNear } from '../../dom/composed-tree.js';
import {
  attributeOf, childCountOf, findAllIn, localNameOf, matchesSelector, nextSiblingOf, parentOf, previousSiblingOf, textContentOf,
} from '../../dom/safe-dom.js';
import { NATIVE } from '../choices/candidates.js';
import { pageVersion } from '../page-version.js';
import { layoutLabelOf, textBefore, textBeside } from './layout-label.js';
import { labelElementsOf } from './label-elements.js';
import { MAX_LENGTH, foldWhitespace, fullTextOf, visibleLinesOf, visibleTextOf } from './visible-text.js';

/** @typedef {import('../../dom/widgets.js').Widget} Widget */

/** A text in a label that is smaller by this factor explains it. */
const SMALLER = 0.92;
/** What makes a page's label of a mandatory field. */
const STAR = /[*∗＊]/;
const LONE_STAR = /^\(?[*∗＊]\)?$/;
const MAX_PARTS = 20;
/** How many boxes may lie around a field inside its star. */
const MAX_STAR_LEVELS = 7;
/** How many boxes may lie around a choice in its button. */
const MAX_CHOICE_LEVELS = 3;

/**
 * Whether CSS draws a star at a label; valid while its classes and those of its parent stay the same.
 * @type {WeakMap<Element, {key: string, starred: boolean}>}
 */
const starsByCss = new WeakMap();

/**
 * @typedef {object} Label
 * @property {string} text what a user reads as the field's name; at most 2,000 characters, empty without a label
 * @property {string[]} help other texts about the field, also those that are not visible; they may tell that it is a secret
 * @property {boolean} starred whether a star marks the field as mandatory
 */

/**
 * The labels of native controls, while the page stays the same.
 * @type {WeakMap<Element, {version: number, label: Label}>}
 */
const known = new WeakMap();

/**
 * @param {Widget} widget
 * @returns {Label}
 */
export function labelOf(widget) {
  if (widget.type !== 'native') return findLabel(widget);
  const before = known.get(widget.anchor);
  if (before?.version === pageVersion() && document.readyState === 'complete') return before.label;
  const label = findLabel(widget);
  known.set(widget.anchor, { version: pageVersion(), label });
  return label;
}

/**
 * @param {Widget} widget
 * @returns {Label}
 */
function findLabel(widget) {
  const elements = labelElements(widget);
  const text = ownLabel(widget, elements);
  if (text !== '') return asLabel(text, elements, widget);
  if (widget.type !== 'group' && isCheckable(widget.control)) {
    const own = visibleTextOf(widget.control);
    if (own !== '') return asLabel(own, [widget.control], widget);
    const beside = textBeside(widget.control, nextSiblingOf, ownsOf(widget));
    if (beside !== '') return asLabel(beside, [], widget);
  }
  const before = widget.type === 'group' && !widget.guessed ? questionBefore(widget) : '';
  if (before !== '') return asLabel(before, [], widget);
  const { text: found, element } = layoutLabelOf(widget.anchor, ownsOf(widget));
  const isUnsure = widget.guessed && element === null;
  if (isUnsure && (widget.type === 'group' || !fillsGroup(widget.anchor, found))) return asLabel('', [], widget);
  if (found === '') return asLabel(nameOfGroup(widget) || nameShown(widget) || placeholderOf(widget), [], widget);
  return asLabel((element && lineOf(element, widget.anchor)) || found, element ? [element] : [], widget);
}

/**
 * @param {string} text
 * @param {Element[]} elements those that contain it
 * @param {Widget} widget
 * @returns {Label}
 */
function asLabel(text, elements, widget) {
  const described = referencedElements(widget, 'aria-describedby').map(fullTextOf);
  return {
    text: text.slice(0, MAX_LENGTH),
    help: [...elements.flatMap(allNamesIn), ...described],
    starred: elements.some(hasStar) || hasStarBeside(widget),
  };
}

/**
 * @param {Widget} widget
 * @returns {Element[]} the elements that label it by the rules of accessible names, visible ones only
 */
export function labelElements(widget) {
  if (widget.type === 'group') return groupLabelElements(widget);
  // A label around a field may hide its own text from assistive technology, and the field refer to it.
  const labels = widget.parts.flatMap(labelElementsOf).filter((label) => visibleTextOf(label) !== '');
  const elements = labels.length > 0 ? labels : referencedElements(widget, 'aria-labelledby');
  return [...new Set(elements)].filter((element) => appearanceOf(element).visible);
}

/**
 * @param {Widget} widget
 * @returns {Element[]} the elements that label a group of choices
 */
function groupLabelElements(widget) {
  const group = composedClosest(widget.parts[0], '[role=radiogroup], [role=group], fieldset');
  if (!group) return [];
  const elements = localNameOf(group) === 'fieldset'
    ? [...findAllIn(group, 'legend')].slice(0, 1)
    : referencedElements(widget, 'aria-labelledby', [group]);
  const isAlone = [...findAllIn(group, NATIVE)].every((control) => widget.parts.includes(control));
  return isAlone ? elements.filter((element) => appearanceOf(element).visible) : [];
}

/**
 * @param {Widget} widget
 * @param {Element[]} elements
 */
function ownLabel(widget, elements) {
  const lines = new Set(elements.map((element) => lineOf(element, widget.anchor)).filter((line) => line !== ''));
  if (lines.size > 0) return [...lines].join(' ');
  return widget.type === 'group' ? '' : ariaLabelOf(widget.parts, widget.anchor);
}

/**
 * Returns the first name that an attribute gives. Components may name themselves by what they show, which is no label.
 * @param {Element[]} parts
 * @param {Element} anchor
 */
function ariaLabelOf(parts, anchor) {
  const names = valuesOf(parts, 'aria-label');
  if (names.length === 0) return '';
  const shown = anchor instanceof HTMLInputElement ? anchor.value : visibleTextOf(anchor);
  return names.find((name) => name !== shown && parts.every((part) => attributeOf(part, 'placeholder') !== name)) ?? '';
}

/**
 * Returns the elements that an attribute of a field refers to, except for those of its own value.
 * @param {Widget} widget
 * @param {string} attribute
 * @param {Element[]} [sources] the elements with the attribute
 */
function referencedElements({ anchor, parts }, attribute, sources = parts) {
  if (sources.every((part) => attributeOf(part, attribute) === '')) return [];
  return sources.slice(0, MAX_PARTS).flatMap((part) => (
    [...new Set(foldWhitespace(attributeOf(part, attribute)).split(' '))].slice(0, MAX_PARTS)
      .map((id) => (id === '' || !spendNodes() ? null : elementByIdNear(part, id)))
      .filter((element) => element !== null)
      .filter((element) => !composedContains(element, anchor) && !parts.some((own) => composedContains(own, element)))
  ));
}

/**
 * Returns the line of an element that is the label, without what explains it in smaller type.
 * @param {Element} element
 * @param {Element} anchor the field that it labels, which may be in it
 */
function lineOf(element, anchor) {
  if (childCountOf(element) === 0) return visibleTextOf(element);
  const size = Number.parseFloat(liveStyleOf(element).fontSize);
  const explains = (/** @type {Element} */ part) => part === anchor || matchesSelector(part, 'small, [role=note], [role=status], [role=alert]')
    || Number.parseFloat(liveStyleOf(part).fontSize) < SMALLER * size;
  const lines = visibleLinesOf(element, explains);
  const [first = '', ...others] = lines.some((line) => /\p{L}/u.test(line)) ? lines : visibleLinesOf(element);
  // Only what is in parentheses belongs to the label: "T.C. Kimlik No (ya da Pasaport No)".
  return [first, ...others.filter((line) => /^[(*]/.test(line))].join(' ');
}

/**
 * Returns all texts of an element, also those that are not visible.
 * @param {Element} element
 * @returns {string[]}
 */
function allNamesIn(element) {
  if (childCountOf(element) === 0) return [];
  const images = [...findAllIn(element, '[alt], [aria-label], [title]')].slice(0, MAX_PARTS);
  const names = images.flatMap((image) => ['alt', 'aria-label', 'title'].map((name) => attributeOf(image, name)));
  return [textContentOf(element).slice(0, MAX_LENGTH), ...names.filter((name) => name !== '')];
}

/**
 * Returns whether a label has a star, which many pages draw by CSS.
 * @param {Element} element
 */
function hasStar(element) {
  if (STAR.test(textContentOf(element))) return true;
  const key = [element, parentOf(element)].map((each) => each && attributeOf(each, 'class')).join('|');
  const known = starsByCss.get(element);
  if (known?.key === key) return known.starred;
  const parts = [element, ...[...findAllIn(element, '*')].slice(0, MAX_PARTS)];
  const starred = parts.some((part) => (
    ['::before', '::after'].some((pseudo) => STAR.test(getComputedStyle(part, pseudo).content))
  ));
  // Style sheets may still be loading.
  if (document.readyState === 'complete') starsByCss.set(element, { key, starred });
  return starred;
}

/**
 * Returns whether a lone star stands beside a field, in the group that holds only this field.
 * @param {Widget} widget
 */
function hasStarBeside(widget) {
  const isOwn = ownsOf(widget);
  let at = /** @type {Element | null} */ (widget.anchor);
  for (let level = 0; at && level < MAX_STAR_LEVELS; level += 1) {
    for (const side of [nextSiblingOf, previousSiblingOf]) {
      const beside = side(at);
      const text = beside instanceof Element ? visibleTextOf(beside) : beside?.nodeValue?.trim() ?? '';
      if (LONE_STAR.test(text)) return true;
    }
    at = composedParentOf(at);
    if (!at || matchesSelector(at, 'form, body') || [...findAllIn(at, NATIVE)].some((control) => !isOwn(control))) return false;
  }
  return false;
}

/** @param {Element} control */
function isCheckable(control) {
  return matchesSelector(control, 'input[type=radio], input[type=checkbox], [role=radio], [role=checkbox], [role=switch]');
}

/** @param {Widget} widget */
function ownsOf({ anchor, parts }) {
  return (/** @type {Element} */ control) => parts.includes(control) || composedContains(anchor, control);
}

/**
 * @param {Element[]} parts
 * @param {string} attribute
 * @returns {string[]} its values, white space folded, without empty ones
 */
function valuesOf(parts, attribute) {
  return parts.map((part) => foldWhitespace(attributeOf(part, attribute))).filter((value) => value !== '');
}

/**
 * Returns the first name that an attribute gives, even if it is what the field shows: its label may be drawn inside it.
 * @param {Widget} widget
 */
function nameShown({ parts }) {
  return valuesOf(parts, 'aria-label')[0] ?? '';
}

/**
 * Returns the name that an attribute gives a group of choices; what can be seen comes first.
 * @param {Widget} widget
 */
function nameOfGroup({ type, anchor, parts }) {
  const group = type === 'group' ? composedClosest(parts[0], '[role=radiogroup], [role=group]') : null;
  return group ? ariaLabelOf([group], anchor) : '';
}

/** @param {Widget} widget */
function placeholderOf({ control, parts }) {
  const [text = ''] = valuesOf(parts, 'placeholder');
  if (text !== '') return text;
  const first = control instanceof HTMLSelectElement ? control.options[0] : undefined;
  return first?.value === '' ? optionText(first) : '';
}

/**
 * Returns whether a group consists of a label and a box only: a list of similar boxes is a menu.
 * @param {Element} anchor
 * @param {string} label
 */
function fillsGroup(anchor, label) {
  const own = visibleTextOf(anchor);
  let group = composedParentOf(anchor);
  while (group && visibleTextOf(group) === own) group = composedParentOf(group);
  const letters = (/** @type {string} */ text) => text.replace(/\s/g, '');
  return group !== null && [...findAllIn(group, '[tabindex]')].every((box) => composedContains(anchor, box)) && letters(visibleTextOf(group)) === letters(label + own);
}

/**
 * Returns the text before the first choice in the box of a group.
 * @param {Widget} widget
 */
function questionBefore({ anchor, parts }) {
  let first = parts[0];
  for (let parent = composedParentOf(first); parent && parent !== anchor; parent = composedParentOf(parent)) first = parent;
  const choices = new Set(parts.map(choiceText));
  const text = composedContains(anchor, first) && first !== anchor ? textBefore(first) : '';
  return choices.has(text) ? '' : text;
}

/**
 * @param {Element} choice one of a group
 * @returns {string} its text
 */
export function choiceText(choice) {
  const widget = { type: /** @type {const} */ ('native'), anchor: choice, control: choice, parts: [choice] };
  const labelled = ownLabel(widget, labelElements(widget));
  if (labelled !== '') return labelled;
  const own = choice instanceof HTMLInputElement ? '' : visibleTextOf(choice);
  return own || textBeside(choice, nextSiblingOf, (control) => control === choice) || textAround(choice);
}

/**
 * Returns the text of the nearest box around a choice that has one, where no other control is in it.
 * @param {Element} choice
 */
function textAround(choice) {
  let box = composedParentOf(choice);
  for (let level = 0; box && level < MAX_CHOICE_LEVELS; level += 1) {
    if ([...findAllIn(box, NATIVE)].some((control) => control !== choice)) return '';
    if (visibleTextOf(box) !== '') return visibleTextOf(box);
    box = composedParentOf(box);
  }
  return '';
}

/**
 * @param {HTMLOptionElement} option
 * @returns {string} its text, truncated where it is very long
 */
export function optionText(option) {
  return foldWhitespace((option.textContent ?? '').slice(0, 2 * MAX_LENGTH));
}
