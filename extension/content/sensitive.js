'use strict';

/**
 * Which fields are never read. A field too many costs a check; a field too few costs a secret, so
 * every doubt counts as a secret.
 */
const Sensitive = (() => {
  /** Parts of a folded name written together, long enough not to occur by chance. */
  const PHRASES = [
    'captcha', 'resimdeki', 'guvenliksozcu', 'guvenlikkod', 'dogrulamakod', 'onaykod', 'aktivasyonkod',
    'erisimkod', 'verificationcode', 'securitycode', 'parola', 'sifre', 'password', 'passwd',
    // The payment card's own data, on the payment page.
    'kartno', 'kartnumara', 'cardnumber', 'sonkullanma', 'expirydate',
  ];

  /** Short ones stand as a word of their own: "PIN'iniz", "yeniPin", "pin2", but neither "Pınar" nor "shipping". */
  const WORDS = /^(yeni|eski|mevcut|txt)?(pin|puk|sms|otp|cvv|cvc)(kodu?|no|tekrar|code)?\d*$/;

  const CODES = /^(pin|puk)\d?$/;

  /** Values of `autocomplete`; the HTML standard's names. */
  const AUTOCOMPLETE = /(^|\s)(one-time-code|current-password|new-password|cc-\S+)(\s|$)/i;

  /** Fields that were secret once: a "show password" button changes the type, not the secret. */
  /** @type {WeakSet<Element>} */
  const once = new WeakSet();

  /**
   * Lower case without regard to Turkish dots and hooks, words apart: "yeniPIN_Kodu" → "yeni pin kodu".
   * @param {string} text
   * @returns {string}
   */
  function fold(text) {
    return text
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/[ıİ]/g, 'i')
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  }

  /**
   * @param {string} name what a field is called, in any of its attributes
   * @returns {boolean} whether it names a secret
   */
  function isSecretName(name) {
    const folded = fold(name);
    const together = folded.replaceAll(' ', '');
    return PHRASES.some((phrase) => together.includes(phrase))
      || folded.split(' ').some((word) => WORDS.test(word));
  }

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
   * @param {string} label the text that a person reads as its name
   * @returns {boolean} whether neither its value nor the value's length may be read
   */
  function isSensitive(field, label) {
    if (once.has(field)) return true;
    const masked = getComputedStyle(field).getPropertyValue('-webkit-text-security');
    const names = [
      label, field.name, field.id, field.title,
      field.getAttribute('placeholder') ?? '', field.getAttribute('aria-label') ?? '',
    ];
    const sensitive = field.type === 'password'
      || (masked !== '' && masked !== 'none')
      || AUTOCOMPLETE.test(field.getAttribute('autocomplete') ?? '')
      || names.some(isSecretName);
    if (sensitive) once.add(field);
    return sensitive;
  }

  /**
   * Hides numbers on a page that speaks of PIN or PUK: Kamu SM has one that shows them as text.
   * @param {string[]} texts
   * @returns {string[]}
   */
  function veil(texts) {
    const speaksOfCodes = texts.some((text) => fold(text).split(' ').some((word) => CODES.test(word)));
    return speaksOfCodes ? texts.map((text) => text.replace(/\d{4,}/g, '••••')) : texts;
  }

  return { isSensitive, isSecretName, veil };
})();
