// Form controls that all markups share.
import { html } from '../html.mjs';

/**
 * @param {import('../screens.mjs').ScreenField} field
 * @param {{id?: string, placeholder?: string, prompt?: string}} [more]
 */
export function control({ name, kind, value, options = [], readonly, placeholder }, more = {}) {
  const id = more.id && html` id="${more.id}"`;
  const hint = more.placeholder ?? placeholder;
  const text = hint && html` placeholder="${hint}"`;
  const fixed = readonly && html` readonly`;
  if (kind === 'textarea') return html`<textarea name="${name}"${id}${text}${fixed}></textarea>`;
  if (kind === 'select') {
    return html`<select name="${name}"${id}><option value="">${more.prompt ?? ''}</option>${options.map((option) => html`<option>${option}</option>`)}</select>`;
  }
  const filled = value && html` value="${value}"`;
  return html`<input type="${kind}" name="${name}"${id}${text}${filled}${fixed}>`;
}

/** Returns the picture of a captcha field. */
export const picture = ({ picture: text }) => text && html`<span class="resim" role="img" aria-label="Doğrulama resmi">${text}</span> <button type="button">Yenile</button>`;

/**
 * Returns a button; one with `to` submits the form to that screen.
 * @param {{text: string, to?: string}} button
 * @param {string} markup the markup of the other screen
 */
export function button({ text, to }, markup) {
  const action = to && html` formaction="?ekran=${to}&amp;duzen=${markup}" data-to="${to}"`;
  return html`<button type="${to ? 'submit' : 'button'}"${action}>${text}</button>`;
}

/** Returns the content of a screen apart from its form. */
export function prose({ rule, texts = [], table }) {
  return html`${rule && html`<p class="kural">${rule}</p>`}${texts.map((text) => html`<p>${text}</p>`)}
${table && html`<table>${table.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</table>`}`;
}

/** Returns the headings: the first one as h1, the others as h2. */
export const headings = ({ headings: [first, ...others] }) => html`<h1>${first}</h1>${others.map((text) => html`<h2>${text}</h2>`)}`;
