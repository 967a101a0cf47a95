// Veils secrets that a page shows as text, by the names of secrets before them.
import { isSecretName, looksLikeCode, mentionsPin } from './secret-names.js';

/** A longer text is a sentence about secrets, and what comes after it is no secret of its own. */
const MAX_NAME = 60;
/** A secret after a colon has no more words. */
const MAX_WORDS = 3;

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
  return text.replace(/\S+/g, (word) => (/\p{N}/u.test(word) ? '•' : word));
}

/**
 * Veils what is named as a secret in a list of texts: in the same text, behind a colon, or as the next text.
 * @param {string[]} texts in document order
 * @returns {string[]}
 */
export function veilSecrets(texts) {
  let isNamed = false;
  return texts.map((text) => {
    const isValue = isNamed && looksLikeCode(text);
    isNamed = false;
    if (isValue) return '•';
    const colon = text.search(/[:=]/);
    const name = colon < 0 ? text : text.slice(0, colon);
    if (name.length <= MAX_NAME && isSecretName(name)) {
      const value = colon < 0 ? '' : text.slice(colon + 1).trim();
      isNamed = value === '';
      if (value !== '' && value.split(/\s+/).length <= MAX_WORDS) return `${name}${text[colon]} •`;
    }
    return isSecretName(text) ? text.replace(/\S+/g, (word) => (looksLikeCode(word.replace(/[.,;:!?)]+$/, '')) ? '•' : word)) : text;
  });
}
