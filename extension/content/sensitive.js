'use strict';

/**
 * Which fields are never read. A field too many costs a check; a field too few costs a secret, so
 * every doubt counts as a secret.
 */
const Sensitive = (() => {
  /** Parts of a folded name written together, long enough not to occur by chance. */
  const PHRASES = [
    'captcha', 'kaptcha', 'resimde', 'guvenliksozcu', 'guvenlikkelime', 'guvenlikkod', 'dogrulamakod', 'onaykod', 'aktivasyonkod',
    'erisimkod', 'verificationcode', 'securitycode', 'newpin', 'oldpin', 'parola', 'sifre', 'password', 'passwd',
    // The payment card's own data, on the payment page.
    'kartno', 'kartnumara', 'cardnumber', 'sonkullanma', 'expirydate', 'kartuzerinde', 'kartsahib', 'cardholder',
  ];

  /** Short ones stand as a word of their own: "PIN'iniz", "yeniPin", "pin2", but neither "Pınar" nor "shipping". */
  const WORDS = /^(yeni|eski|mevcut|txt)?(pin|puk|sms|otp|cvv|cvc)(kodu?|no|tekrar|code)?\d*$/;

  /** Whatever is called a code counts as one by SMS, but for those of an address. */
  const CODE = /^(kod|kodu|kodunuz|kodunu|code)\d*$/;
  const HARMLESS_CODES = /(posta|postal|zip|alan|ulke|il|ilce|area|country) ?(kod\S*|code)/g;

  const CODES = /^(pin|puk)\d?$/;

  /** Values of `autocomplete`; the HTML standard's names. */
  const AUTOCOMPLETE = /(^|\s)(one-time-code|current-password|new-password|cc-\S+)(\s|$)/i;

  /** Fields that were secret once: a "show password" button changes the type, not the secret. */
  /** @type {WeakSet<Element>} */
  const once = new WeakSet();
  /** What they were called: another element may take the place of one. */
  /** @type {Set<string>} */
  const names = new Set();

  /** As many as the fields of a large page have. */
  const MOST_NAMES = 3000;

  /**
   * With every key a page is read again, and most of it is as it was.
   * @param {(name: string) => boolean} judge depends on the name alone
   * @returns {(name: string) => boolean}
   */
  function remembering(judge) {
    /** @type {Map<string, boolean>} */
    const known = new Map();
    return (text) => {
      let answer = known.get(text);
      if (answer === undefined) {
        answer = judge(text);
        if (known.size >= MOST_NAMES) known.clear();
        known.set(text, answer);
      }
      return answer;
    };
  }

  /**
   * Lower case without regard to Turkish dots and hooks, words apart: "yeniPIN_Kodu" → "yeni pin kodu".
   * @param {string} text
   * @returns {string}
   */
  function fold(text) {
    return text
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/\p{Cf}/gu, '') // invisible, as zero-width spaces are
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
  const isSecretName = remembering((name) => {
    const folded = fold(name);
    const together = folded.replaceAll(' ', '');
    return PHRASES.some((phrase) => together.includes(phrase))
      || folded.split(' ').some((word) => WORDS.test(word))
      || folded.replace(HARMLESS_CODES, '').split(' ').some((word) => CODE.test(word));
  });

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field
   * @param {string} label the text that a person reads as its name
   * @returns {boolean} whether neither its value nor the value's length may be read
   */
  function isSensitive(field, label) {
    if (once.has(field)) return true;
    const masked = Looks.styleOf(field).getPropertyValue('-webkit-text-security');
    const [name, id, title, placeholder, said, autocomplete] = ['name', 'id', 'title', 'placeholder', 'aria-label', 'autocomplete']
      .map((attribute) => Dom.attribute(field, attribute));
    const own = [name, id].filter((each) => each !== '');
    const called = [label, ...own, title, placeholder, said];
    const sensitive = field.type === 'password'
      || (masked !== '' && masked !== 'none')
      || AUTOCOMPLETE.test(autocomplete)
      || called.some((each) => each.length >= Dom.MOST || isSecretName(each)) // of a longer one nobody knows the end
      || own.some((each) => names.has(each));
    if (sensitive) {
      once.add(field);
      own.forEach((each) => names.add(each));
    }
    return sensitive;
  }

  /** The last page's texts, where no code is spoken of: others are not kept. */
  let harmless = '';

  /**
   * Whether a page speaks of PIN or PUK: Kamu SM has one that shows them as text.
   * @param {string[]} texts
   * @returns {boolean}
   */
  function speakOfCodes(texts) {
    const text = texts.join('\n'); // no word runs from one into the next
    if (text === harmless) return false;
    const speaks = fold(text).split(' ').some((word) => CODES.test(word));
    if (!speaks) harmless = text;
    return speaks;
  }

  /**
   * @param {string} text
   * @returns {string} with a dot for every word that has a digit: no page is recognised by numbers
   */
  function veil(text) {
    return text.replace(/\S*\d\S*/g, '•');
  }

  return { isSensitive, isSecretName, speakOfCodes, veil };
})();
