// An old page: table layout and generated ids.
import { html } from '../html.mjs';
import { button, control, picture, prose } from './controls.mjs';

/** @param {import('../screens.mjs').Screen} screen */
export default function table(screen) {
  const { headings, fields = [], buttons = [] } = screen;
  return html`<form method="post" id="j_idt7">
${prose(screen)}
<table>
${headings.map((text) => html`<tr><td colspan="2" class="baslik">${text}</td></tr>
`)}${fields.map((field, index) => html`${field.picture && html`<tr><td></td><td>${picture(field)}</td></tr>
`}<tr><td>${field.label} :</td><td>${control(field, { id: `j_idt7:j_idt${12 + index}` })}</td></tr>
`)}<tr><td></td><td>${buttons.map((each) => html`${button(each, 'table')} `)}</td></tr>
</table>
</form>`;
}
