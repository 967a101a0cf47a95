// Vaadin web components: each label and box is in an open shadow root, the input is slotted into it.
import { html, render } from 'lit';
import '@vaadin/button';
import '@vaadin/checkbox';
import '@vaadin/combo-box';
import '@vaadin/dialog';
import '@vaadin/email-field';
import '@vaadin/form-layout';
import '@vaadin/password-field';
import '@vaadin/radio-group';
import '@vaadin/select';
import '@vaadin/side-nav';
import '@vaadin/text-area';
import '@vaadin/text-field';
import '@vaadin/vaadin-lumo-styles/color-global.js';
import '@vaadin/vaadin-lumo-styles/typography-global.js';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import IMask from 'imask';
import { initialValues, maskFor, model } from '../model.js';

const values = { ...initialValues };
window.state = () => ({ ...values });

function controlOf(field) {
  const { id, kind, label, required, placeholder, help, suffix, options, readonly, type } = field;
  const changed = (event) => { values[id] = event.detail.value ?? ''; };
  const common = { id, label };
  switch (kind) {
    case 'textarea': return html`<vaadin-text-area data-field=${id} label=${common.label} ?required=${required} .helperText=${help ?? ''} @value-changed=${changed}></vaadin-text-area>`;
    case 'password': return html`<vaadin-password-field data-field=${id} label=${label} ?required=${required} ?reveal-button-hidden=${suffix !== 'reveal'} @value-changed=${changed}></vaadin-password-field>`;
    case 'select': return html`<vaadin-select data-field=${id} label=${label} ?required=${required} .placeholder=${placeholder ?? ''} .items=${options.map((option) => ({ label: option, value: option }))} .value=${values[id]} @value-changed=${changed}></vaadin-select>`;
    case 'combobox': return html`<vaadin-combo-box data-field=${id} label=${label} ?required=${required} .items=${options} .value=${values[id]} @value-changed=${changed}></vaadin-combo-box>`;
    case 'radio':
    case 'segmented': return html`<vaadin-radio-group data-field=${id} label=${label} ?required=${required} .value=${values[id]} @value-changed=${changed}>
      ${options.map((option) => html`<vaadin-radio-button value=${option} label=${option}></vaadin-radio-button>`)}</vaadin-radio-group>`;
    case 'checkbox': return html`<vaadin-checkbox data-field=${id} label=${label} @checked-changed=${(event) => { values[id] = event.detail.value; }}></vaadin-checkbox>`;
    default: return type === 'email'
      ? html`<vaadin-email-field data-field=${id} label=${label} ?required=${required} ?clear-button-visible=${suffix === 'clear'} @value-changed=${changed}></vaadin-email-field>`
      : html`<vaadin-text-field data-field=${id} label=${label} ?required=${required} ?readonly=${readonly} .placeholder=${placeholder ?? ''} .value=${values[id]} .helperText=${help ?? ''}
          ?clear-button-visible=${suffix === 'clear'} @value-changed=${changed}></vaadin-text-field>`;
  }
}

const form = () => html`<vaadin-form-layout .responsiveSteps=${[{ columns: 1 }]}>${model.fields.map(controlOf)}</vaadin-form-layout>`;
const buttons = () => model.buttons.map((text) => html`<vaadin-button theme="primary">${text}</vaadin-button>`);

/** IMask works on the slotted input; the field reads its value from there. */
function addMasks() {
  for (const { id, mask } of model.fields.filter(({ kind }) => kind === 'masked')) {
    const element = document.querySelector(`[data-field=${id}]`);
    const masked = IMask(element.querySelector('input'), { mask: maskFor(mask, '0'), lazy: false, overwrite: true });
    masked.on('accept', () => { values[id] = masked.value; });
  }
}

render(html`
  <div style="max-width: 760px; margin: 24px auto; padding: 0 16px">
    ${model.headings.map((text) => html`<h2>${text}</h2>`)}
    ${model.texts.map((text) => html`<p>${text}</p>`)}
    ${model.menu ? html`<vaadin-side-nav>${model.menu.map(({ text }) => html`<vaadin-side-nav-item path="#" data-entry=${text}>${text}</vaadin-side-nav-item>`)}</vaadin-side-nav>` : ''}
    ${model.modal
    ? html`<vaadin-dialog header-title="Başvuru" .opened=${true} ${dialogRenderer(form, [])} ${dialogFooterRenderer(buttons, [])}></vaadin-dialog>`
    : html`${form()}<div style="text-align: right">${buttons()}</div>`}
  </div>`, document.getElementById('app'));
requestAnimationFrame(addMasks);
