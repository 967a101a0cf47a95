// Puts the elements that fields are made of together: each field that the user sees becomes one widget.
import { liveStyleOf } from '../../dom/appearance.js';
import { boxesOverlap } from '../../dom/boxes.js';
import { composedContains, composedParentOf, levelsToCommonAncestor } from '../../dom/composed-tree.js';
import { attributeOf, boundingBoxOf, findAllIn, has, matchesSelector } from '../../dom/safe-dom.js';
import {
  NATIVE, isCheckbox, isChoice, isDrawn, isEditable, isFocusableBox, isNative, isRadio, isTransparentField,
} from './candidates.js';
import { boxAround, shownText } from './shown-choice.js';
import { groupRadios, groupSegments, groupToggles } from './groups.js';
import { labelElements } from '../names/field-label.js';
import { labelElementsOf } from '../names/label-elements.js';
import { visibleTextOf } from '../names/visible-text.js';

/** @typedef {import('../../dom/widgets.js').Widget} Widget */

/** Types of inputs for text. */
const TEXT_TYPES = new Set(['text', 'search']);
/** How many buttons in a choice may carry its name. */
const MAX_BUTTONS = 4;
/** The greatest width of an arrow that opens a list, in CSS pixels. */
const MAX_ARROW = 48;

/**
 * @param {Element[]} candidates in document order, drawn or not
 * @param {Element[]} buttons
 * @returns {Widget[]} the fields that the user sees, in document order
 */
export function findWidgets(candidates, buttons) {
  const finder = new WidgetFinder(candidates);
  return [...finder.find(), ...groupSegments(buttons, isDrawn)];
}

class WidgetFinder {
  #candidates;
  /** @type {Map<Element, boolean>} */
  #drawn = new Map();
  /** @type {Set<Element>} those that are part of a widget already */
  #taken = new Set();
  /** @type {Widget[]} */
  #widgets = [];

  /** @param {Element[]} candidates */
  constructor(candidates) {
    this.#candidates = candidates;
  }

  /** @returns {Widget[]} */
  find() {
    const simple = this.#candidates.filter((each) => isNative(each) && !isRadio(each) && !isChoice(each) && !has(each, 'readonly') && this.#isDrawn(each));
    if (simple.length === this.#candidates.length) return simple.map(nativeWidget);
    this.#widgets.push(...groupRadios(this.#candidates.filter(isRadio), (each) => this.#isDrawn(each)));
    // Buttons with fields between them, such as those that show a password, are no group.
    const toggles = groupToggles(this.#candidates.filter((each) => matchesSelector(each, '[aria-pressed]')), (each) => this.#isDrawn(each));
    this.#widgets.push(...toggles.filter(({ anchor }) => (
      !this.#candidates.some((other) => isNative(other) && composedContains(anchor, other))
    )));
    for (const { parts } of this.#widgets) parts.forEach((part) => this.#taken.add(part));
    this.#candidates.filter(isChoice).forEach((each) => this.#addChoice(each));
    this.#candidates.filter((each) => each instanceof HTMLSelectElement).forEach((each) => this.#addHiddenSelect(each));
    for (const each of this.#candidates) this.#addSingle(each);
    return this.#inOrder();
  }

  /** @param {Element} element */
  #isDrawn(element) {
    let drawn = this.#drawn.get(element);
    if (drawn === undefined) {
      drawn = isDrawn(element);
      this.#drawn.set(element, drawn);
    }
    return drawn;
  }

  /**
   * @param {Widget['type']} type
   * @param {Element} anchor
   * @param {Element} control
   * @param {Element[]} parts
   * @param {{guessed?: true}} [more]
   */
  #add(type, anchor, control, parts, more) {
    parts.forEach((part) => this.#taken.add(part));
    this.#widgets.push({ type, anchor, control, parts, ...more });
  }

  /**
   * Adds a choice with a role. Its control may be an input in it, or be clipped away itself.
   * @param {Element} choice
   */
  #addChoice(choice) {
    if (this.#taken.has(choice)) return;
    if (choice instanceof HTMLInputElement) {
      const shows = this.#isDrawn(choice) && choice.value !== '';
      const box = shows ? null : this.#boxAround(choice);
      if (!shows && box === null && !this.#isDrawn(choice)) return;
      this.#add(shows ? 'native' : 'choice', box ?? choice, choice, [choice, ...this.#hiddenIn(box)]);
      return;
    }
    if (!this.#isDrawn(choice) || this.#opensOtherList(choice)) {
      this.#taken.add(choice);
      return;
    }
    const inputs = this.#candidates.filter((other) => (
      other instanceof HTMLInputElement && composedContains(choice, other) && !this.#taken.has(other)
    ));
    // A button over the whole field may be empty; what is chosen is drawn beneath it.
    const isEmptyButton = choice instanceof HTMLButtonElement && !/\p{L}/u.test(shownText(choice, ''));
    const box = isEmptyButton ? this.#boxAround(choice) : null;
    const buttons = [...findAllIn(choice, 'button')].slice(0, MAX_BUTTONS); // a label may name one of them
    this.#add('choice', box ?? choice, choice, [choice, ...inputs, ...buttons]);
  }

  /**
   * Returns the untaken native controls in a box that are not drawn.
   * @param {Element | null} box
   */
  #hiddenIn(box) {
    if (box === null) return [];
    return this.#candidates.filter((each) => (
      isNative(each) && !this.#taken.has(each) && !this.#isDrawn(each) && composedContains(box, each)
    ));
  }

  /**
   * Joins a select that is not drawn with what is drawn for it.
   * @param {HTMLSelectElement} select
   */
  #addHiddenSelect(select) {
    if (this.#taken.has(select) || this.#isDrawn(select)) return;
    const partner = this.#partnerOf(select);
    if (partner) {
      const known = this.#widgets.find(({ parts, type }) => type !== 'group' && parts.includes(partner));
      if (known) {
        known.control = known.control instanceof HTMLInputElement && known.type === 'native' ? known.control : select;
        known.type = 'choice';
        known.parts.push(select);
        this.#taken.add(select);
      } else {
        this.#add('choice', partner, select, [select, partner]);
      }
      return;
    }
    const box = this.#boxAround(select);
    if (box) this.#add('choice', box, select, [select, ...this.#hiddenIn(box).filter((each) => each !== select)]);
  }

  /**
   * Returns the drawn choice that belongs to a hidden select: the nearest one in the smallest group around it that has
   * one, with no other field between them.
   * @param {HTMLSelectElement} select
   */
  #partnerOf(select) {
    const index = this.#candidates.indexOf(select);
    const near = [this.#candidates.slice(index + 1), this.#candidates.slice(0, index).reverse()].flatMap((side) => {
      const next = side.find((other) => this.#isDrawn(other) && (this.#isField(other) || isFocusableBox(other)));
      return next && this.#mayBePartner(next, select) ? [next] : [];
    });
    const distance = (/** @type {Element} */ other) => levelsToCommonAncestor(select, other);
    const [best] = near.sort((one, other) => distance(one) - distance(other));
    return best !== undefined && distance(best) <= 4 ? best : undefined;
  }

  /**
   * @param {Element} other drawn
   * @param {HTMLSelectElement} select
   */
  #mayBePartner(other, select) {
    const hasSelect = this.#widgets.some(({ parts }) => parts.includes(other) && parts.some((part) => part instanceof HTMLSelectElement));
    if (hasSelect) return false;
    if (isChoice(other) || isFocusableBox(other)) return true;
    // A read-only input that shows the chosen text.
    return other instanceof HTMLInputElement && other.readOnly && [...select.selectedOptions].some(({ text }) => text.trim() === other.value.trim());
  }

  /** @param {Element} control */
  #boxAround(control) {
    // A label that floats in the box of its field does not end it.
    const outside = labelElements(nativeWidget(control)).filter((label) => !boxesOverlap(boundingBoxOf(label), boundingBoxOf(control)));
    return boxAround(control, (other) => this.#isField(other), this.#candidates, outside);
  }

  /**
   * Returns whether a button only opens the list of a choice beside it.
   * @param {Element} button
   */
  #opensOtherList(button) {
    return !matchesSelector(button, '[role=combobox]') && !/\p{L}/u.test(visibleTextOf(button)) && this.#candidates.some((other) => (
      other !== button && matchesSelector(other, '[role=combobox]') && levelsToCommonAncestor(button, other) <= 3
    ));
  }

  /** @param {Element} element */
  #isField(element) {
    return this.#isDrawn(element) && (isNative(element) || isChoice(element) || isEditable(element));
  }

  /** @param {Element} element */
  #addSingle(element) {
    if (this.#taken.has(element)) return;
    if (isCheckbox(element)) {
      const anchor = this.#isDrawn(element)
        ? element : labelElementsOf(element).find((label) => this.#isDrawn(label)) ?? this.#boxAround(element);
      if (anchor) this.#add('native', anchor, element, [element]);
    } else if (isNative(element)) {
      if (this.#isDrawn(element)) this.#add(showsChoice(element) ? 'choice' : 'native', element, element, [element]);
      else if (isTransparentField(element)) this.#addTransparent(element);
    } else if (isEditable(element)) {
      if (this.#isDrawn(element) && !this.#isInChoice(element)) this.#add('editable', element, element, [element]);
    } else if (matchesSelector(element, '[role=listbox]')) {
      if (this.#isDrawn(element) && !this.#isPopup(element) && !this.#isInChoice(element)) this.#add('choice', element, element, [element]);
    } else if (isFocusableBox(element) && this.#isDrawn(element) && !this.#containsField(element)) {
      this.#add('choice', element, element, [element], { guessed: true });
    }
  }

  /** @param {Element} element */
  #addTransparent(element) {
    const box = this.#boxAround(element);
    if (box) this.#add('native', box, element, [element]);
  }

  /** @param {Element} element */
  #isInChoice(element) {
    return this.#widgets.some(({ type, anchor }) => (type === 'editable' || type === 'choice') && composedContains(anchor, element));
  }

  /** @param {Element} element */
  #containsField(element) {
    return this.#candidates.some((other) => other !== element && composedContains(element, other) && this.#isDrawn(other))
      || this.#widgets.some(({ anchor }) => composedContains(anchor, element));
  }

  /**
   * Returns whether a list belongs to another field, which opened it.
   * @param {Element} list
   */
  #isPopup(list) {
    const id = attributeOf(list, 'id');
    return this.#candidates.some((other) => other !== list && (
      attributeOf(other, 'aria-expanded') === 'true'
      || (id !== '' && ['aria-controls', 'aria-owns'].some((name) => attributeOf(other, name).split(/\s+/).includes(id)))
    ));
  }

  /** @returns {Widget[]} */
  #inOrder() {
    const position = new Map(this.#candidates.map((each, index) => [each, index]));
    const first = (/** @type {Widget} */ { parts }) => Math.min(...parts.map((part) => position.get(part) ?? Infinity));
    return this.#widgets.sort((one, other) => first(one) - first(other));
  }
}

/**
 * Returns whether an input only shows what is chosen from a list: nothing can be typed, but it looks pressable, or an arrow
 * beside it does.
 * @param {Element} element
 */
function showsChoice(element) {
  if (!(element instanceof HTMLInputElement) || !element.readOnly || element.disabled || !TEXT_TYPES.has(element.type)) return false;
  if (liveStyleOf(element).cursor === 'pointer') return true;
  let box = composedParentOf(element);
  for (let level = 0; box && level < 2; level += 1) {
    if (findAllIn(box, NATIVE).length > 1) return false;
    if ([...findAllIn(box, 'a, button, [role=button]')].some((arrow) => boundingBoxOf(arrow).width <= MAX_ARROW && boundingBoxOf(arrow).width > 0)) return true;
    box = composedParentOf(box);
  }
  return false;
}

/**
 * @param {Element} control
 * @returns {Widget}
 */
function nativeWidget(control) {
  return { type: 'native', anchor: control, control, parts: [control] };
}
