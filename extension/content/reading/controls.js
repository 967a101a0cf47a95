// Reads single fields of the page.
import { isBudgetSpent, spendNodes, withBudget } from '../dom/budget.js';
import { refOf } from '../dom/element-refs.js';
import { editableText } from '../dom/editable-text.js';
import { composedClosest, elementByIdNear } from '../dom/composed-tree.js';
import { attributeOf, findAllIn, findIn, has, matchesSelector } from '../dom/safe-dom.js';
import { registerWidget, widgetAt } from '../dom/widgets.js';
import { isDrawn } from './choices/candidates.js';
import { shownText } from './choices/shown-choice.js';
import { isChosen } from './choices/groups.js';
import { isPlaceholder } from './choices/placeholder.js';
import { choiceText, labelOf, optionText } from './names/field-label.js';
import { foldWhitespace, visibleTextOf } from './names/visible-text.js';
import { isReadByChecks, looksLikeCode } from './secret-names.js';
import { isSensitiveField } from './sensitive-fields.js';
import { veilText, veilValue } from './veil.js';

/** @typedef {import('../../types/messages').Field} Field */
/** @typedef {import('../../types/messages').FieldKind} FieldKind */
/** @typedef {import('../dom/widgets.js').Widget} Widget */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** The longest text of a snapshot, in UTF-16 units. */
export const MAX_TEXT = 300;
/** The longest value that is read. */
export const MAX_VALUE = 2000;
const MAX_OPTIONS = 400;
/** What stands for a text that no check needs. */
const TYPED = '•';
/** An input mask with positions in which nothing was typed yet. */
const OPEN_MASK = /^[^\p{L}]*_[^\p{L}]*_[^\p{L}]*$/u;
/** An option of this length counts as a further node. */
const OPTION_LENGTH = 16;

/**
 * Input types with a kind of their own; all others are text.
 * @type {ReadonlySet<string>}
 */
const INPUT_KINDS = new Set(['checkbox', 'date', 'tel', 'email', 'number', 'password']);

/**
 * What was last read of each field: the label, which is left out of the text that a choice shows, and whether the value
 * may not be read.
 * @type {WeakMap<Element, {label: string, unread: boolean}>}
 */
const lastRead = new WeakMap();

/**
 * @param {Widget} widget
 * @returns {Field} without the keys that would be empty
 */
export function readField(widget) {
  if (widget.type !== 'native' || widget.anchor !== widget.control || widgetAt(widget.anchor)) registerWidget(widget);
  const { anchor, parts } = widget;
  const { text: label, help, starred } = labelOf(widget);
  // A field without a label may be a code, and without a budget there may be more that says so.
  const isSecret = label === '' || isBudgetSpent() || parts.some((part) => isSensitiveField(part, label, help));
  const value = isSecret ? '' : valueOf(widget);
  // What may be a code is read only where a check needs it.
  const unread = isSecret || (looksLikeCode(value) && !isReadByChecks(label));
  lastRead.set(anchor, { label, unread });
  return withoutEmpty({
    ref: refOf(anchor, 'f'),
    kind: kindOf(widget),
    label: veilText(label),
    name: firstOf(parts, 'name'),
    id: firstOf(parts, 'id'),
    placeholder: veilText(foldWhitespace(firstOf(parts, 'placeholder'))),
    value: unread ? '' : neededOf(widget, label, value),
    options: unread ? [] : optionsOf(widget).slice(0, MAX_OPTIONS).map((text) => veilValue(text.slice(0, MAX_TEXT))),
    required: starred || isRequired(widget),
    readonly: isReadOnly(widget),
    unread,
  });
}

/**
 * Returns what is told of a value: all of it only where a check needs it; of a text that the page chose, all but the secrets
 * that it names. Of what the user typed elsewhere, only whether there is something.
 * @param {Widget} widget
 * @param {string} label
 * @param {string} value
 */
function neededOf(widget, label, value) {
  const isTyped = !/** @type {FieldKind[]} */ (['select', 'radio', 'checkbox']).includes(kindOf(widget))
    && !isReadOnly(widget) && !opensList(widget.control);
  if (!isTyped) return veilValue(value);
  if (isReadByChecks(label)) return value;
  const isOfPage = !/[\p{L}\p{N}]/u.test(value) || widget.parts.some((part) => attributeOf(part, 'placeholder').trim() === value.trim());
  if (isOfPage) return veilValue(value);
  return OPEN_MASK.test(value) ? '__' : TYPED;
}

/**
 * @param {Element[]} elements
 * @param {string} attribute
 */
function firstOf(elements, attribute) {
  if (elements.length === 1) return attributeOf(elements[0], attribute).slice(0, MAX_TEXT);
  return elements.map((element) => attributeOf(element, attribute)).find((value) => value !== '')?.slice(0, MAX_TEXT) ?? '';
}

/** @param {Widget} widget */
function isRequired({ type, parts }) {
  return parts.some((part) => (isControl(part) && part.required) || part.ariaRequired === 'true')
    || (type === 'group' && composedClosest(parts[0], '[role=radiogroup]')?.ariaRequired === 'true');
}

/** @param {Widget} widget */
function isReadOnly({ type, control, parts }) {
  if (type === 'native' && parts.length === 1 && isControl(control) && !opensList(control)) {
    return control.disabled || ('readOnly' in control && control.readOnly) || matchesSelector(control, ':disabled')
      || control.ariaReadOnly === 'true' || control.ariaDisabled === 'true';
  }
  // Of a combobox, only the input may be called read-only: nothing can be typed, but another choice can be made.
  const readOnly = type === 'choice' ? ':disabled, [aria-disabled=true]' : ':disabled, [aria-disabled=true], [aria-readonly=true]';
  if (parts.some((part) => matchesSelector(part, readOnly))) {
    return type !== 'group' || parts.every((part) => matchesSelector(part, ':disabled, [aria-disabled=true]'));
  }
  // An input that only shows what is chosen from a list cannot be typed in, but changed.
  return type === 'native' && !opensList(control) && matchesSelector(control, 'input:read-only, textarea:read-only')
    && 'readOnly' in control && control.readOnly === true;
}

/** @param {Element} control */
function opensList(control) {
  return (has(control, 'role') || has(control, 'aria-haspopup'))
    && matchesSelector(control, '[role=combobox], [aria-haspopup]:not([aria-haspopup=false])');
}

/**
 * @param {Widget} widget
 * @returns {FieldKind}
 */
function kindOf({ type, control }) {
  if (type === 'group') return 'radio';
  if (type === 'choice') return 'select';
  if (type === 'editable' || control instanceof HTMLTextAreaElement) return 'textarea';
  if (control instanceof HTMLSelectElement) return 'select';
  if (!(control instanceof HTMLInputElement)) return 'checkbox';
  return INPUT_KINDS.has(control.type) ? /** @type {FieldKind} */ (control.type) : 'text';
}

/**
 * Returns the value of the field with this anchor. It must not be a sensitive one.
 * @param {Element} anchor
 * @returns {string}
 */
export function valueOfField(anchor) {
  return withBudget(() => valueOf(widgetAt(anchor) ?? { type: 'native', anchor, control: anchor, parts: [anchor] }));
}

/**
 * Returns the value of a field, to notice that it has changed; empty for buttons and for fields whose values are never
 * read.
 * @param {Element} anchor
 * @returns {string}
 */
export function comparableValueOf(anchor) {
  return lastRead.get(anchor)?.unread === false ? valueOfField(anchor) : '';
}

/**
 * Returns the label of the field with this anchor, as last read.
 * @param {Element} anchor
 * @returns {string}
 */
export function labelOfField(anchor) {
  return lastRead.get(anchor)?.label ?? '';
}

/**
 * Returns the value of a field that is not sensitive: of a choice the text that is shown, of a check box its value while
 * it is checked. A very long value is left out: positions in part of it would be wrong.
 * @param {Widget} widget
 * @returns {string}
 */
function valueOf(widget) {
  const value = rawValueOf(widget);
  return value.length > MAX_VALUE ? '' : value;
}

/** @param {Widget} widget */
function rawValueOf({ type, anchor, control, parts }) {
  if (type === 'editable') return editableText(anchor);
  if (type === 'group') return parts.filter(isChosen).slice(0, 1).map(choiceText).join('');
  if (type === 'choice') return chosenText(anchor, control, parts);
  if (!isControl(control)) return isChosen(control) ? 'on' : '';
  if (control instanceof HTMLInputElement) {
    if (control.type === 'radio' || control.type === 'checkbox' ? !control.checked : control.type === 'file') return '';
  }
  return control instanceof HTMLSelectElement ? selectedText(control) : control.value;
}

/**
 * @param {Element} element
 * @returns {element is Control}
 */
function isControl(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/**
 * Returns the text of a choice that is drawn by the page. Where a native select is behind it, the page may show the
 * choice before the select has it, or in other words.
 * @param {Element} anchor
 * @param {Element} control
 * @param {Element[]} parts
 */
function chosenText(anchor, control, parts) {
  if (matchesSelector(anchor, '[role=listbox]')) {
    const chosen = findIn(anchor, '[role=option][aria-selected=true], [role=option][aria-checked=true]');
    return chosen ? visibleTextOf(chosen) : '';
  }
  const input = parts.find((part) => part instanceof HTMLInputElement && part.type !== 'hidden' && part.value !== '' && isDrawn(part));
  const shown = input ? /** @type {HTMLInputElement} */ (input).value : shownText(anchor, labelOfField(anchor));
  const select = parts.find(hasNamedOptions);
  if (!select) return isPlaceholder(anchor, shown) ? '' : shown;
  const options = optionTextsOf(/** @type {HTMLSelectElement} */ (select));
  return options.includes(shown) ? shown : selectedText(/** @type {HTMLSelectElement} */ (select));
}

/**
 * Returns whether a hidden select can be relied on: some have the chosen option only, or options without texts.
 * @param {Element} part
 */
function hasNamedOptions(part) {
  return part instanceof HTMLSelectElement && optionTextsOf(part).filter((text) => text !== '').length > 1;
}

/**
 * @param {HTMLSelectElement} select
 * @returns {string[]} the texts of its first options; fewer once the budget is spent
 */
function optionTextsOf({ options }) {
  const texts = [];
  for (let index = 0; index < Math.min(options.length, MAX_OPTIONS); index += 1) {
    const text = optionText(options[index]);
    if (!spendNodes(1 + Math.floor(text.length / OPTION_LENGTH))) break;
    texts.push(text);
  }
  return texts;
}

/** @param {HTMLSelectElement} select */
function selectedText(select) {
  const selected = select.selectedOptions[0];
  return selected ? optionText(selected) : '';
}

/**
 * @param {Widget} widget
 * @returns {string[]} the texts of what can be chosen, as far as they are in the page
 */
function optionsOf({ type, anchor, parts }) {
  if (type === 'group') return parts.map(choiceText);
  const select = parts.find((part) => (type === 'native' ? part instanceof HTMLSelectElement : hasNamedOptions(part)));
  if (select) return optionTextsOf(/** @type {HTMLSelectElement} */ (select));
  if (type !== 'choice') return [];
  const list = matchesSelector(anchor, '[role=listbox]') ? anchor : listOf(parts);
  return Array.from(list ? findAllIn(list, '[role=option]') : []).slice(0, MAX_OPTIONS).map(visibleTextOf).filter((text) => text !== '');
}

/** @param {Element[]} parts */
function listOf(parts) {
  for (const part of parts) {
    for (const name of ['aria-controls', 'aria-owns']) {
      const list = elementByIdNear(part, attributeOf(part, name).trim());
      if (list) return list;
    }
  }
  return null;
}

/**
 * @template {object} T
 * @param {T} object
 * @returns {T} without the keys whose value is empty or false; they must be optional
 */
export function withoutEmpty(object) {
  const kept = /** @type {T} */ ({});
  for (const key in object) {
    const value = object[key];
    if (value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)) kept[key] = value;
  }
  return kept;
}
