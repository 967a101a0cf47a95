// A page without semantic markup: bare text as labels, no heading elements, links as buttons.
import { html } from '../html.mjs';
import { control, picture, prose } from './controls.mjs';

/** @param {import('../screens.mjs').Screen} screen */
export default function text(screen) {
  const { headings, fields = [], buttons = [] } = screen;
  return html`${headings.map((each) => html`<div class="baslik">${each}</div>`)}
${prose(screen)}
<form method="post">
${fields.map((field) => html`${field.picture && html`<p>${picture(field)}</p>
`}<p>${field.label}:<br>${control(field)}</p>
`)}<p>${buttons.map(({ text: name, to }) => html`<a href="${to ? `?ekran=${to}&duzen=text` : '#'}">${name}</a> &nbsp; `)}</p>
</form>`;
}
