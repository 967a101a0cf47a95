// Decides which fields are never read. A false positive costs a check, a false negative leaks a secret, so every doubt
// counts as a secret.
import { liveStyleOf } from '../dom/appearance.js';
import { attributeOf, MAX_ATTRIBUTE_LENGTH } from '../dom/safe-dom.js';

/** Parts of a folded name without spaces; long enough not to occur by chance. */
const PHRASES = [
  'captcha', 'kaptcha', 'resimde', 'guvenliksozcu', 'guvenlikkelime', 'guvenlikkod', 'dogrulamakod', 'onaykod', 'aktivasyonkod',
  'erisimkod', 'verificationcode', 'securitycode', 'newpin', 'oldpin', 'parola', 'sifre', 'password', 'passwd',
  // Payment card data, on the payment page.
  'kartno', 'kartnumara', 'cardnumber', 'sonkullanma', 'expirydate', 'kartuzerinde', 'kartsahib', 'cardholder',
];

/** Short names that must be a whole word: "PIN'iniz", "yeniPin", "pin2", but neither "Pınar" nor "shipping". */
const WORDS = /^(yeni|eski|mevcut|txt)?(pin|puk|sms|otp|cvv|cvc)(kodu?|no|tekrar|code)?\d*$/;

/** Any code counts as one sent by SMS, except for postal, area and country codes. */
const CODE_WORD = /^(kod|kodu|kodunuz|kodunu|code)\d*$/;
const HARMLESS_CODES = /(posta|postal|zip|alan|ulke|il|ilce|area|country) ?(kod\S*|code)/g;

const PIN_OR_PUK = /^(pin|puk)\d?$/;

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

/** Enough for the fields of a large page. */
const MAX_CACHED_NAMES = 3000;

/**
 * Caches the results of a predicate: the page is read again at every keystroke, mostly unchanged.
 * @param {(name: string) => boolean} predicate
 * @returns {(name: string) => boolean}
 */
function memoize(predicate) {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = predicate(text);
      if (known.size >= MAX_CACHED_NAMES) known.clear();
      known.set(text, answer);
    }
    return answer;
  };
}

/**
 * Folds case and Turkish diacritics, and separates words by spaces: "yeniPIN_Kodu" → "yeni pin kodu".
 * @param {string} text
 * @returns {string}
 */
function fold(text) {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/\p{Cf}/gu, '') // format characters such as zero-width spaces
    .replace(/[ıİ]/g, 'i')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * @param {string} name a field's label or one of its attributes
 * @returns {boolean} whether it is the name of a secret
 */
const isSecretName = memoize((name) => {
  const folded = fold(name);
  const joined = folded.replaceAll(' ', '');
  return PHRASES.some((phrase) => joined.includes(phrase))
    || folded.split(' ').some((word) => WORDS.test(word))
    || folded.replace(HARMLESS_CODES, '').split(' ').some((word) => CODE_WORD.test(word));
});

/** Labels of fields that are no secret, although an explanation may say that a code is sent there. */
const HARMLESS_LABELS = ['telefon', 'gsm', 'posta', 'mail', 'adres', 'iban'];

/**
 * @param {string} label
 * @returns {boolean} whether a label names something that is not a secret
 */
const isHarmlessLabel = memoize((label) => HARMLESS_LABELS.some((word) => fold(label).includes(word)));

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

/** The texts of the last page without codes, to skip an unchanged page; texts of other pages are not kept. */
let lastHarmlessText = '';

/**
 * Returns whether a page mentions PIN or PUK: one of Kamu SM's pages shows them as text.
 * @param {string[]} texts
 * @returns {boolean}
 */
export function mentionsCodes(texts) {
  const text = texts.join('\n'); // words of different texts stay apart
  if (text === lastHarmlessText) return false;
  const mentions = fold(text).split(' ').some((word) => PIN_OR_PUK.test(word));
  if (!mentions) lastHarmlessText = text;
  return mentions;
}

/**
 * Replaces every word that has a digit by a dot; pages are recognized without them.
 * @param {string} text
 * @returns {string}
 */
export function maskNumbers(text) {
  return text.replace(/\S+/g, (word) => (/\p{N}/u.test(word) ? '•' : word));
}
