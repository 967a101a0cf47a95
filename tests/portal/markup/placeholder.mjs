// A page that labels its fields with placeholders.
import { html } from '../html.mjs';
import { button, control, headings, picture, prose } from './controls.mjs';

/** @param {import('../screens.mjs').Screen} screen */
export default function placeholder(screen) {
  const { fields = [], buttons = [] } = screen;
  return html`${headings(screen)}
${prose(screen)}
<form method="post">
${fields.map((field) => html`${picture(field)}
<div class="satir">${control(field, { placeholder: field.label, prompt: field.label })}</div>
`)}${buttons.map((each) => html`${button(each, 'placeholder')} `)}
</form>`;
}
