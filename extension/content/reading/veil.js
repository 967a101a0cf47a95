// Veils secrets that a page shows as text, by the names of secrets before them. Pages are recognized by other texts, and
// amounts of money are kept, so a veil too many costs nothing.
import { isReadByChecks, isSecretName, isShownWord, mentionsPin } from './secret-names.js';

/** A longer text is a sentence about secrets, and what comes after it is no secret of its own. */
const MAX_NAME = 60;
/** A secret after a separator has no more words. */
const MAX_WORDS = 3;
/** How many texts after a name may be its value: an icon may lie between. */
const MAX_AHEAD = 2;
/** What stands between a name and its value: opening quotation marks, too. */
const SEPARATORS = /[:=;–—]|(?<=\s)["“”„«]/g;
/** A name whose value is still to come. */
const OPEN_END = /[:=–—]\s*$/;
const AMOUNT = /^\(?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?$/;
const CURRENCY = /^(?:TL|TRY|₺)(?!\p{L})/u;
/** A small number before one of these words is a length or a duration. */
const UNITS = /^(?:karakter|hane|basamak|rakam|dakika|dk|saniye|sn|saat|gün|kez|kere|defa|yıl|ay)(?:\p{L}*)/u;

/**
 * Returns whether a page mentions PIN or PUK: one of Kamu SM's pages shows them as text.
 * @param {string[]} texts
 * @returns {boolean}
 */
export function mentionsCodes(texts) {
  return texts.some(mentionsPin);
}

/**
 * Replaces every word that has a digit by a dot; pages are recognized without them.
 * @param {string} text
 * @returns {string}
 */
export function maskNumbers(text) {
  return text.replace(/\S+/g, (word) => (hasNumber(word) ? '•' : word));
}

/**
 * Veils what is named as a secret in a list of texts: in the same text, or as one of the next texts.
 * @param {string[]} texts in document order
 * @returns {string[]}
 */
export function veilSecrets(texts) {
  let ahead = 0;
  let isWordDue = false;
  return texts.map((text) => {
    const isFollowing = ahead > 0;
    ahead = Math.max(0, ahead - 1);
    if (isFollowing && (hasCode(text) || (isWordDue && isOwnWord(text)))) {
      if (hasNumber(text)) ahead = Math.max(ahead, 1); // the rest of it may follow
      return text.split(/\s+/).length <= MAX_WORDS ? '•' : maskNumbers(text);
    }
    if (isNameOnly(text)) {
      ahead = MAX_AHEAD;
      isWordDue = endsWithName(text);
    }
    return veilText(text);
  });
}

/**
 * Veils the values of secrets that are named in the same text, and every number beside them.
 * @param {string} text
 * @returns {string}
 */
export function veilText(text) {
  if (!isSecretName(text)) return text;
  return maskCodes(veilAfterNames(text.normalize('NFKC')), text);
}

/**
 * Veils what a field shows that the page chose: as texts, and every number where a PIN or PUK is mentioned.
 * @param {string} value
 * @returns {string}
 */
export function veilValue(value) {
  if (!isSecretName(value)) return value;
  const veiled = veilSecrets(value.split('\n')).join('\n');
  return mentionsPin(value) ? maskNumbers(veiled) : veiled;
}

/** @param {string} text */
function hasNumber(text) {
  return /\p{N}/u.test(text);
}

/**
 * @param {string} text
 * @returns {string}
 */
function veilAfterNames(text) {
  let veiled = '';
  let from = 0;
  let start = 0;
  for (const { index } of text.matchAll(SEPARATORS)) {
    if (index < from) continue;
    const name = text.slice(Math.max(from, start), index).split(/[.!?]\s/).at(-1) ?? '';
    start = index + 1;
    const rest = text.slice(index + 1).match(/^\s*(.*)$/s)?.[1] ?? '';
    const count = rest === '' ? 0 : rest.split(/\s+/).length;
    if (count === 0 || !isSecretName(name.slice(-MAX_NAME)) || (count > MAX_WORDS && !endsWithName(name))) continue;
    // Further names are looked for behind the value: "Şifre: abc12 PUK: 1234".
    const value = rest.match(/^\S+(?:\s+[^\s:=]+(?=\s|$)(?!\s*[:=])){0,2}/)?.[0] ?? '';
    veiled += `${text.slice(from, index + 1)} •`;
    from = text.length - rest.length + value.length;
  }
  return veiled + text.slice(from);
}

/**
 * Masks the words with numbers, except for amounts of money and lengths.
 * @param {string} text
 * @param {string} original to which it falls back where nothing is masked
 */
function maskCodes(text, original) {
  const words = text.split(/(\s+)/);
  const masked = words.map((word, index) => (
    !hasNumber(word) || isName(word) || isAmount(word, words[index + 2]) || isMeasure(word, words[index + 2]) ? word : '•'
  )).join('');
  return masked === original.normalize('NFKC') ? original : masked;
}

/**
 * @param {string} word
 * @param {string | undefined} next
 */
function isAmount(word, next = '') {
  return (AMOUNT.test(word) && CURRENCY.test(next)) || /^₺?\d[\d.]*,\d\d(?:TL|₺)?$/.test(word);
}

/**
 * @param {string} word
 * @param {string | undefined} next
 */
function isMeasure(word, next = '') {
  return /^\(?\d{1,2}(?:-\d{1,2})?$/.test(word) && UNITS.test(next);
}

/**
 * Returns whether a word is the name of a secret although it has a digit.
 * @param {string} word
 */
function isName(word) {
  return /^\W*(?:CVV|CVC)2\W*$/i.test(word);
}

/**
 * Returns whether a text is the name of a secret without its value.
 * @param {string} text
 */
function isNameOnly(text) {
  const name = text.normalize('NFKC').trim();
  if (!isSecretName(name)) return false;
  return OPEN_END.test(name) || (name.length <= MAX_NAME && name.search(SEPARATORS) < 0);
}

/**
 * Returns whether the last word of a text belongs to the name of a secret: "Güvenlik Sözcüğünüz", but not "Şifremi unuttum".
 * @param {string} text
 */
function endsWithName(text) {
  const words = text.trim().split(/\s+/);
  return isSecretName(words.at(-1) ?? '') || !isSecretName(words.slice(0, -1).join(' '));
}

/**
 * Returns whether a text after the name of a secret may have its value: a number that is no amount of money.
 * @param {string} text
 */
function hasCode(text) {
  if (!hasNumber(text) || text.length > MAX_NAME || isReadByChecks(text)) return false;
  return maskCodes(text.normalize('NFKC'), text) !== text;
}

/**
 * Returns whether a text may be a secret that was chosen as a word.
 * @param {string} text
 */
function isOwnWord(text) {
  return /^\s*\S*\p{L}\S*\s*$/u.test(text) && !isShownWord(text) && !isSecretName(text) && !isReadByChecks(text);
}
