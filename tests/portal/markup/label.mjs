// A modern page: labels with a for attribute.
import { html } from '../html.mjs';
import { button, control, headings, picture, prose } from './controls.mjs';

/** @param {import('../screens.mjs').Screen} screen */
export default function label(screen, markup = 'label') {
  const { fields = [], buttons = [] } = screen;
  return html`${headings(screen)}
${prose(screen)}
<form method="post">
${fields.map((field) => html`${field.picture && html`<div class="satir"><span class="ad"></span>${picture(field)}</div>
`}<div class="satir"><label for="${field.name}">${field.label}</label> ${control(field, { id: field.name })}</div>
`)}<div class="satir"><span class="ad"></span>${buttons.map((each) => html`${button(each, markup)} `)}</div>
</form>`;
}
