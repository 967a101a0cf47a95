// What every library's page starts from: the screen to draw, and the values of its fields.

/**
 * @typedef {object} Field
 * @property {string} id
 * @property {'text' | 'textarea' | 'select' | 'combobox' | 'radio' | 'segmented' | 'password' | 'checkbox' | 'masked'} kind
 * @property {string} label
 * @property {string} [type] of the input
 * @property {string} [value] shown at first
 * @property {string[]} [options]
 * @property {string} [mask] each "_" is a digit
 * @property {string} [help] the sentence at the field
 * @property {string} [placeholder]
 * @property {'clear' | 'reveal'} [suffix] the button inside the field's box
 * @property {boolean} [required]
 * @property {boolean} [readonly]
 */

/** The server writes the screen into the page. See `screens.json`. */
export const model = window.model;

/** The values before the user changes anything. */
export const initialValues = Object.fromEntries(model.fields.map(({ id, kind, value }) => [id, value ?? (kind === 'checkbox' ? false : '')]));

/**
 * Writes a mask in the notation of a library.
 * @param {string} mask each "_" is a digit
 * @param {string} digit the library's character for a digit
 * @param {string} [escape] what the library writes before a literal character that it would interpret
 * @param {RegExp} [interpreted] characters that the library would interpret
 */
export function maskFor(mask, digit, escape = '\\', interpreted = /[09a*]/) {
  return [...mask].map((character) => {
    if (character === '_') return digit;
    return interpreted.test(character) ? escape + character : character;
  }).join('');
}
