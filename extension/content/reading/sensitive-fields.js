// Decides which fields are never read. A false positive costs a check, a false negative leaks a secret, so every doubt
// counts as a secret.
import { liveStyleOf } from '../dom/appearance.js';
import { attributeOf, MAX_ATTRIBUTE_LENGTH } from '../dom/safe-dom.js';
import { fold, isSecretName } from './secret-names.js';

/** Values of the `autocomplete` attribute for secrets (HTML standard, autofill). */
const AUTOCOMPLETE = /(^|\s)(one-time-code|current-password|new-password|cc-\S+)(\s|$)/i;

/**
 * Fields that were sensitive before: a "show password" button changes the type, not the secret.
 * @type {WeakSet<Element>}
 */
const knownFields = new WeakSet();
/**
 * Their names and ids: the page may replace such a field by a new element.
 * @type {Set<string>}
 */
const knownNames = new Set();

/** Labels of fields that are no secret, although an explanation may say that a code is sent there. */
const HARMLESS_LABELS = ['telefon', 'gsm', 'posta', 'mail', 'adres', 'iban'];

/**
 * @param {string} label
 * @returns {boolean} whether a label names something that is not a secret
 */
const isHarmlessLabel = (/** @type {string} */ label) => HARMLESS_LABELS.some((word) => fold(label).includes(word));

/**
 * @param {Element} field
 * @param {string} label the text that a user reads as its name
 * @param {string[]} help other texts about it, such as a description, or a part of the label that is not visible
 * @returns {boolean} whether neither its value nor the value's length may be read
 */
export function isSensitiveField(field, label, help) {
  if (knownFields.has(field)) return true;
  const masked = liveStyleOf(field).getPropertyValue('-webkit-text-security');
  const [name, id, title, placeholder, ariaLabel, autocomplete] = ['name', 'id', 'title', 'placeholder', 'aria-label', 'autocomplete']
    .map((attribute) => attributeOf(field, attribute));
  const ownNames = [name, id].filter((each) => each !== '');
  const allNames = [label, ...isHarmlessLabel(label) ? [] : help, ...ownNames, title, placeholder, ariaLabel];
  const sensitive = (field instanceof HTMLInputElement && field.type === 'password')
    || (masked !== '' && masked !== 'none')
    || AUTOCOMPLETE.test(autocomplete)
    || allNames.some((each) => each.length >= MAX_ATTRIBUTE_LENGTH || isSecretName(each)) // a longer one was truncated
    || knownKeysOf(field, ownNames).some((each) => knownNames.has(each));
  if (sensitive) {
    knownFields.add(field);
    knownKeysOf(field, ownNames).forEach((each) => knownNames.add(each));
  }
  return sensitive;
}

/**
 * Returns what identifies a field if the page replaces it by a new element. In shadow roots, names and ids are the same in
 * every component, so those of its host are used.
 * @param {Element} field
 * @param {string[]} ownNames
 */
function knownKeysOf(field, ownNames) {
  const root = Node.prototype.getRootNode.call(field);
  if (!(root instanceof ShadowRoot)) return ownNames;
  const hostNames = ['id', 'name', 'label'].map((attribute) => attributeOf(root.host, attribute)).filter((name) => name !== '');
  return hostNames.map((name) => `${name}/${ownNames.join('/')}`);
}
