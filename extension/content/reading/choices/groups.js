// Groups of choices that are all shown: radio buttons, and buttons of which one stays pressed.
import { commonAncestorOf, composedClosest, composedContains, composedParentOf } from '../../dom/composed-tree.js';
import { attributeOf, boundingBoxOf, childCountOf, has, localNameOf, matchesSelector } from '../../dom/safe-dom.js';
import { labelElementsOf } from '../names/label-elements.js';

/** @typedef {import('../../dom/widgets.js').Widget} Widget */

/** How many ancestors of a radio button are searched for another one. */
const MAX_LEVELS = 6;
/** What a bar of choices may be made of. */
const SEGMENT = 'button[type=button]:not([aria-pressed], [aria-haspopup], [role=radio]), a:not([role]), a[role=button]';
/** The segments of a bar are this close to each other, or their borders overlap; in CSS pixels. */
const MAX_SEAM = 9;
/** What classes and states say of a chosen button that has no ARIA state. */
const CHOSEN = /(^|[\s_-])(active|selected|checked|pressed|current|on)($|\s)/;
const GROUP = '[role=radiogroup], [role=group], [role=toolbar]';

/**
 * Groups radio buttons by their name, or by the group that they are in.
 * @param {Element[]} radios in document order
 * @param {(element: Element) => boolean} isDrawn
 * @returns {Widget[]}
 */
export function groupRadios(radios, isDrawn) {
  return groupBy(radios, (radio) => {
    const { name, form } = /** @type {HTMLInputElement} */ (radio);
    const group = composedClosest(radio, '[role=radiogroup]');
    if (group) return group;
    if (radio instanceof HTMLInputElement && name !== '') return `${form?.id ?? ''}/${name}`;
    return nearestGroupOf(radio, radios);
  }).flatMap((group) => {
    const isVisible = group.some((radio) => isDrawn(radio) || labelElementsOf(radio).some(isDrawn) || isDrawnAround(radio, isDrawn));
    return isVisible ? [asWidget(group)] : [];
  });
}

/**
 * @param {Element} radio without a name
 * @param {Element[]} radios
 * @returns {Element | null} the nearest ancestor with another one
 */
function nearestGroupOf(radio, radios) {
  let group = composedParentOf(radio);
  for (let level = 0; group && level < MAX_LEVELS; level += 1) {
    const around = group;
    if (radios.some((other) => other !== radio && composedContains(around, other))) return group;
    group = composedParentOf(group);
  }
  return group;
}

/**
 * Groups buttons that can stay pressed; a single one is a switch, not a choice.
 * @param {Element[]} buttons in document order
 * @param {(element: Element) => boolean} isDrawn
 * @returns {Widget[]}
 */
export function groupToggles(buttons, isDrawn) {
  const drawn = buttons.filter(isDrawn);
  const groups = groupBy(drawn, (button) => composedClosest(button, GROUP) ?? nearestGroupOf(button, drawn));
  return groups.filter((group) => group.length > 1).map(asWidget);
}

/**
 * Groups buttons that are joined to one bar. They are a choice if the bar has a label, which is for the caller to find out.
 * @param {Element[]} buttons in document order
 * @param {(element: Element) => boolean} isDrawn
 * @returns {Widget[]}
 */
export function groupSegments(buttons, isDrawn) {
  const plain = buttons.filter((button) => matchesSelector(button, SEGMENT));
  return groupBy(plain, barOf)
    .filter((group) => group.length > 1 && childCountOf(/** @type {Element} */ (barOf(group[0]))) === group.length)
    .filter((group) => group.every(isDrawn) && areJoined(group))
    .map((group) => ({ ...asWidget(group), guessed: true }));
}

/**
 * Returns the bar that a segment is in; each may have a list item of its own.
 * @param {Element} segment
 */
function barOf(segment) {
  const parent = composedParentOf(segment);
  return parent && localNameOf(parent) === 'li' && childCountOf(parent) === 1 ? composedParentOf(parent) : parent;
}

/** @param {Element[]} group */
function areJoined(group) {
  const boxes = group.map(boundingBoxOf);
  return boxes.slice(1).every((box, index) => (
    Math.abs(box.left - boxes[index].right) <= MAX_SEAM && Math.abs(box.top - boxes[index].top) <= MAX_SEAM
  ));
}

/**
 * @param {Element[]} elements
 * @param {(element: Element) => unknown} keyOf
 * @returns {Element[][]}
 */
function groupBy(elements, keyOf) {
  /** @type {Map<unknown, Element[]>} */
  const groups = new Map();
  for (const element of elements) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group) group.push(element);
    else groups.set(key, [element]);
  }
  return [...groups.values()];
}

/**
 * A radio button may be transparent over the picture that is drawn for it.
 * @param {Element} radio
 * @param {(element: Element) => boolean} isDrawn
 */
function isDrawnAround(radio, isDrawn) {
  const parent = composedParentOf(radio);
  return parent !== null && isDrawn(parent);
}

/**
 * @param {Element[]} group
 * @returns {Widget}
 */
function asWidget(group) {
  const anchor = (group.length > 1 ? commonAncestorOf(group) : labelElementsOf(group[0])[0]) ?? group[0];
  return { type: 'group', anchor, control: group.find(isChosen) ?? group[0], parts: group };
}

/**
 * @param {Element} choice a radio button or a button that can stay pressed
 * @returns {boolean}
 */
export function isChosen(choice) {
  if (choice instanceof HTMLInputElement) return choice.checked;
  return ['aria-checked', 'aria-pressed'].some((name) => attributeOf(choice, name) === 'true')
    || (!has(choice, 'aria-checked') && !has(choice, 'aria-pressed') && CHOSEN.test(`${attributeOf(choice, 'class')} ${attributeOf(choice, 'data-state')}`));
}
