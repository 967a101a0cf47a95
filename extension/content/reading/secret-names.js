// Tells the names of secrets from others, in any spelling: "PUKunuz", "kartPini", "P.I.N.", "Kredi Kartı No". The words are
// data: wasm/guide/data/secret-words.json.
import words from '../../../wasm/guide/data/secret-words.json';

const any = (/** @type {string[]} */ list) => `(?:${list.join('|')})`;
/** Digits, and what may follow a short word in one word: suffixes, "kodu", "no". */
const ENDING = `(?:${any(words.suffixes)}|${any(words.after)}${any(words.suffixes)}?)?\\d*`;
/** Short words must be whole but for their suffixes: "pininiz" and "kartpini", but neither "pınar" nor "alpin". */
const SECRET_WORD = new RegExp(`^${any(words.before)}?${any(words.words)}${ENDING}$`);
/** Any code counts as one sent by SMS, except for postal, area and country codes. */
const CODE_WORD = new RegExp(`^(?:${any(words.before)}?${any(words.sms)})${any(words.suffixes)}?\\d*$`);
const HARMLESS_CODES = new RegExp(`(?<![^ ])${any(words['harmless-codes'])} ?(?:kod[^ ]*|code)`, 'g');
const PIN_OR_PUK = new RegExp(`^${any(words.before)}?(?:pin|puk)${ENDING}$`);
/** "no" is a number only as a whole word: "güvenlik no" and "kartnosu", but neither "güvenlik noktası" nor "kart noter". */
const SECRET_NUMBER = new RegExp(`${any(words['before-no'])} ?no(?:${any([...words.suffixes, ...words.after, 'input', 'field'])})?\\d*(?![^ ])`);
const READ_WORD = new RegExp(`^${any(words.read)}${any(words.suffixes)}?$`);
/** What was sent to a telephone or an address is a code. */
const SENT_WORD = new RegExp(`^${any(words.sent)}`);
/** So is what has few digits; numbers of telephones, persons and accounts have more. */
const FEW_DIGITS = /(?<!(?<![^ ])(?:10|11|24|26) )(?<![^ ])haneli/;
const SHOWN_WORDS = new Set(words.shown);
/** A value that may be a code: digits, possibly with letters and separators between them. */
const CODE_VALUE = /^(?=(?:[^\p{N}]*\p{N}){3})[\p{L}\p{N}][\p{L}\p{N} .\-/]{2,30}$/u;

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
 * Folds case, Turkish diacritics and compatibility forms, separates words by spaces, and joins letters that stand alone:
 * "yeniPIN_Kodu" and "Yeni P.I.N. Kodu" → "yeni pin kodu".
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/\p{Cf}/gu, '') // format characters such as zero-width spaces
    .replace(/[ıİ]/g, 'i')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<![^ ])\p{L}(?: \p{L})+(?![^ ])/gu, (letters) => letters.replaceAll(' ', ''));
}

/**
 * @param {string} name a field's label or one of its attributes
 * @returns {boolean} whether it is the name of a secret
 */
export const isSecretName = memoize((name) => {
  const folded = fold(name);
  const joined = folded.replaceAll(' ', '');
  const each = folded.split(' ');
  return words.phrases.some((phrase) => joined.includes(phrase)) || SECRET_NUMBER.test(folded) || SECRET_WORD.test(joined)
    || each.some((word) => SECRET_WORD.test(word))
    || folded.replace(HARMLESS_CODES, '').split(' ').some((word) => CODE_WORD.test(word));
});

/**
 * @param {string} text
 * @returns {boolean} whether it mentions PIN or PUK
 */
export const mentionsPin = memoize((text) => fold(text).split(' ').some((word) => PIN_OR_PUK.test(word)));

/**
 * @param {string} label
 * @returns {boolean} whether a check needs the values of fields with this label
 */
export const isReadByChecks = memoize((label) => {
  const folded = fold(label);
  const each = folded.split(' ');
  return each.some((word) => READ_WORD.test(word)) && !each.some((word) => SENT_WORD.test(word)) && !FEW_DIGITS.test(folded);
});

/**
 * @param {string} text
 * @returns {boolean} whether it is a word of pages, such as a button's, and no secret
 */
export function isShownWord(text) {
  return SHOWN_WORDS.has(fold(text).replaceAll(' ', ''));
}

/**
 * @param {string} value
 * @returns {boolean} whether it may be a code or a number of a card
 */
export function looksLikeCode(value) {
  return CODE_VALUE.test(value.trim());
}
