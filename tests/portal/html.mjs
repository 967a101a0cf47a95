// HTML templates: values are escaped unless they were produced by a template themselves.

class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** @param {unknown} value */
function put(value) {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(put).join('');
  if (value instanceof Html) return value.text;
  return String(value).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** @returns {Html} */
export function html(strings, ...values) {
  return new Html(String.raw({ raw: strings.raw }, ...values.map(put)));
}

/**
 * Text that is HTML already.
 * @param {string} text
 */
export const raw = (text) => new Html(text);
