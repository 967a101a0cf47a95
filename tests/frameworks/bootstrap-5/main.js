// Bootstrap 5 with jquery.mask: floating labels, native selects, radio toggle buttons, cards with stretched links, modal.
import './jquery-global.js';
import $ from 'jquery';
import 'bootstrap-5/dist/css/bootstrap.css';
import { Modal } from 'bootstrap-5';
import 'jquery-mask-plugin';
import { initialValues, model } from '../model.js';

const values = { ...initialValues };
window.state = () => ({ ...values });

const escape = (text) => $('<i>').text(text).html();
const labelText = ({ label, required }) => `${escape(label)}${required ? ' *' : ''}`;

function floating(field, control, extra = '') {
  return `<div class="form-floating mb-3" data-field="${field.id}">${control}<label for="${field.id}">${labelText(field)}</label>${extra}</div>`;
}

function fieldHtml(field) {
  const { id, kind, label, options = [], help, suffix, readonly, type = 'text', value = '', mask } = field;
  const described = help ? `<div class="form-text" id="${id}-help">${help}</div>` : '';
  switch (kind) {
    case 'textarea': return floating(field, `<textarea class="form-control" placeholder=" " id="${id}" name="${id}" style="height: 100px" aria-describedby="${id}-help"></textarea>`, described);
    case 'select':
    case 'combobox': return floating(field, `<select class="form-select" id="${id}" name="${id}"><option value="">Seçiniz</option>${options.map((option) => `<option${option === value ? ' selected' : ''}>${option}</option>`).join('')}</select>`);
    case 'radio': return `<fieldset class="mb-3" data-field="${id}"><legend class="col-form-label">${labelText(field)}</legend>${options.map((option, index) => `
      <div class="form-check form-check-inline"><input class="form-check-input" type="radio" name="${id}" id="${id}${index}" value="${option}"${option === value ? ' checked' : ''}>
      <label class="form-check-label" for="${id}${index}">${option}</label></div>`).join('')}</fieldset>`;
    case 'segmented': return `<div class="mb-3" data-field="${id}"><span class="form-label d-block" id="${id}-label">${labelText(field)}</span>
      <div class="btn-group" role="group" aria-labelledby="${id}-label">${options.map((option, index) => `<input type="radio" class="btn-check" name="${id}" id="${id}${index}" value="${option}" autocomplete="off">
      <label class="btn btn-outline-primary" for="${id}${index}">${option}</label>`).join('')}</div></div>`;
    case 'checkbox': return `<div class="form-check mb-3" data-field="${id}"><input class="form-check-input" type="checkbox" id="${id}" name="${id}"><label class="form-check-label" for="${id}">${escape(label)}</label></div>`;
    default: {
      const input = `<input class="form-control" placeholder=" " id="${id}" name="${id}" type="${kind === 'password' ? 'password' : type}" value="${value}"${readonly ? ' readonly' : ''}${mask ? ` data-digits="${mask}"` : ''}>`;
      if (!suffix) return floating(field, input, described);
      const [name, icon] = suffix === 'clear' ? ['Temizle', '✕'] : ['Göster', '◉'];
      return `<div class="input-group mb-3" data-field="${id}"><div class="form-floating">${input}<label for="${id}">${labelText(field)}</label></div>
        <button class="btn btn-outline-secondary" type="button" data-suffix="${suffix}" aria-label="${name}">${icon}</button></div>`;
    }
  }
}

const form = `<form novalidate>${model.fields.map(fieldHtml).join('')}</form>`;
const buttons = model.buttons.map((text) => `<button type="submit" class="btn btn-primary">${text}</button>`).join('');
const menu = model.menu ? `<div class="row row-cols-3 g-3">${model.menu.map(({ text }) => `<div class="col"><div class="card h-100" data-entry="${text}"><div class="card-body">
  <h6 class="card-title">${escape(text)}</h6><a href="#" class="stretched-link"></a></div></div></div>`).join('')}</div>` : '';
const content = model.modal
  ? `<div class="modal" id="box" tabindex="-1" aria-labelledby="box-title"><div class="modal-dialog"><div class="modal-content"><div class="modal-header"><h5 class="modal-title" id="box-title">Başvuru</h5></div>
      <div class="modal-body">${form}</div><div class="modal-footer">${buttons}</div></div></div></div>`
  : `${form}<div class="text-end">${buttons}</div>`;
document.getElementById('app').innerHTML = `<div class="container py-4" style="max-width: 800px">
  ${model.headings.map((text) => `<h1 class="h3">${escape(text)}</h1>`).join('')}${model.texts.map((text) => `<p>${escape(text)}</p>`).join('')}${menu}${content}</div>`;

$('form').on('submit', (event) => event.preventDefault());
// Zero is a digit in jquery.mask's notation, here it is a literal character.
$('[data-digits]').each((_, input) => $(input).mask(input.dataset.digits, { translation: { 0: null, _: { pattern: /\d/ } } }));
$(document).on('input change', ':input[name]', ({ target }) => {
  if (target.type === 'radio' && !target.checked) return;
  values[target.name] = target.type === 'checkbox' ? target.checked : target.value;
});
$('[data-suffix=clear]').on('click', ({ currentTarget }) => $(currentTarget).closest('.input-group').find('input').val('').trigger('input'));
$('[data-suffix=reveal]').on('click', ({ currentTarget }) => {
  const input = $(currentTarget).closest('.input-group').find('input');
  input.attr('type', input.attr('type') === 'password' ? 'text' : 'password');
});
if (model.modal) new Modal('#box').show();
