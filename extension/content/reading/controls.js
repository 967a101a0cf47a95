// Reads single controls of the page: fields and buttons.
import { refOf } from '../dom/element-refs.js';
import { attributeOf } from '../dom/safe-dom.js';
import { foldWhitespace, labelOf, optionText, visibleTextOf } from './labels.js';
import { isSensitiveField } from './sensitive-fields.js';
import { hasUserReached } from './user-activity.js';

/** @typedef {import('../../types/messages').Button} Button */
/** @typedef {import('../../types/messages').Field} Field */
/** @typedef {import('../../types/messages').FieldKind} FieldKind */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** The longest text of a snapshot, in UTF-16 units. */
export const MAX_TEXT = 300;
/** The longest value that is read. */
export const MAX_VALUE = 2000;
const MAX_OPTIONS = 400;

/**
 * Input types with a kind of their own; all others are text.
 * @type {ReadonlySet<string>}
 */
const INPUT_KINDS = new Set(['radio', 'checkbox', 'date', 'tel', 'email', 'number', 'password']);

/**
 * @param {Control} control
 * @returns {Field} without the keys that would be empty
 */
export function readField(control) {
  const label = labelOf(control);
  // A field without a label may be a code.
  const unread = isSensitiveField(control, label) || label === '';
  const options = control instanceof HTMLSelectElement ? [...control.options].slice(0, MAX_OPTIONS) : [];
  return withoutEmpty({
    ref: refOf(control, 'f'),
    kind: kindOf(control),
    label,
    name: control.name.slice(0, MAX_TEXT),
    id: control.id.slice(0, MAX_TEXT),
    placeholder: foldWhitespace(attributeOf(control, 'placeholder')),
    value: unread ? '' : valueOfField(control),
    options: options.map((option) => optionText(option).slice(0, MAX_TEXT)),
    required: control.required || control.ariaRequired === 'true',
    readonly: control.matches(':disabled') || ('readOnly' in control && control.readOnly)
      || control.ariaReadOnly === 'true',
    unread,
  });
}

/**
 * @param {Element} element
 * @returns {Button | null} null for a button without a text
 */
export function readButton(element) {
  const written = element instanceof HTMLInputElement ? element.value || element.alt : visibleTextOf(element);
  const name = written || attributeOf(element, 'aria-label') || attributeOf(element, 'title');
  const text = foldWhitespace(name.slice(0, MAX_VALUE)).slice(0, MAX_TEXT);
  return text === '' ? null : withoutEmpty({ ref: refOf(element, 'b'), text, reached: hasUserReached(element) });
}

/**
 * @param {Control} control
 * @returns {FieldKind}
 */
function kindOf(control) {
  if (control instanceof HTMLTextAreaElement) return 'textarea';
  if (control instanceof HTMLSelectElement) return 'select';
  return INPUT_KINDS.has(control.type) ? /** @type {FieldKind} */ (control.type) : 'text';
}

/**
 * Returns the value of a field that is not sensitive: of a select the text of the chosen option, of a radio button or
 * check box its value while it is checked. A very long value is left out: positions in part of it would be wrong.
 * @param {Control} control
 * @returns {string}
 */
export function valueOfField(control) {
  const isCheckable = control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox');
  if (isCheckable ? !control.checked : control.type === 'file') return '';
  const value = control instanceof HTMLSelectElement
    ? [...control.selectedOptions].slice(0, 1).map(optionText).join('') : control.value;
  return value.length > MAX_VALUE ? '' : value;
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
