// Bootstrap 3 with select2 (drawn lists in front of clipped native selects), inputmask and button groups.
import './jquery-global.js';
import $ from 'jquery';
import 'bootstrap-3/dist/css/bootstrap.css';
import 'bootstrap-3/dist/js/bootstrap.js';
import select2 from 'select2/dist/js/select2.full.js';
import 'select2/dist/css/select2.css';
import Inputmask from 'inputmask';
import { initialValues, maskFor, model } from '../model.js';

if (typeof $.fn.select2 !== 'function') select2(window, $);
const values = { ...initialValues };
window.state = () => ({ ...values });

const escape = (text) => $('<i>').text(text).html();
const star = ({ required }) => (required ? ' <span class="text-danger">*</span>' : '');

function controlHtml({ id, kind, label, options = [], placeholder = '', suffix, readonly, type = 'text', value = '' }) {
  switch (kind) {
    case 'textarea': return `<textarea class="form-control" id="${id}" name="${id}" rows="3"></textarea>`;
    case 'select':
    case 'combobox': return `<select class="form-control" id="${id}" name="${id}" data-placeholder="${placeholder || 'Seçiniz'}" style="width: 100%">
      <option></option>${options.map((option) => `<option${option === value ? ' selected' : ''}>${option}</option>`).join('')}</select>`;
    case 'radio': return options.map((option) => `<label class="radio-inline"><input type="radio" name="${id}" value="${option}"${option === value ? ' checked' : ''}> ${option}</label>`).join('');
    case 'segmented': return `<div class="btn-group" data-toggle="buttons">${options.map((option) => `<label class="btn btn-default"><input type="radio" name="${id}" value="${option}" autocomplete="off"> ${option}</label>`).join('')}</div>`;
    case 'checkbox': return `<div class="checkbox"><label><input type="checkbox" id="${id}" name="${id}"> ${escape(label)}</label></div>`;
    default: {
      const input = `<input class="form-control" id="${id}" name="${id}" type="${kind === 'password' ? 'password' : type}" placeholder="${placeholder}" value="${value}"${readonly ? ' readonly' : ''}>`;
      if (!suffix) return input;
      const [name, icon] = suffix === 'clear' ? ['Temizle', '✕'] : ['Göster', '◉'];
      return `<div class="input-group">${input}<span class="input-group-btn"><button class="btn btn-default" type="button" data-suffix="${suffix}" aria-label="${name}">${icon}</button></span></div>`;
    }
  }
}

function groupHtml(field) {
  const { id, kind, label, help } = field;
  const heading = kind === 'checkbox' ? '<div class="col-sm-4"></div>' : `<label class="col-sm-4 control-label"${/radio|segmented/.test(kind) ? '' : ` for="${id}"`}>${escape(label)}${star(field)}</label>`;
  return `<div class="form-group" data-field="${id}">${heading}<div class="col-sm-8">${controlHtml(field)}${help ? `<span class="help-block">${help}</span>` : ''}</div></div>`;
}

const form = `<form class="form-horizontal">${model.fields.map(groupHtml).join('')}</form>`;
const buttons = model.buttons.map((text) => `<button type="submit" class="btn btn-primary">${text}</button>`).join('');
const menu = model.menu ? `<div class="list-group">${model.menu.map(({ text }) => `<a href="#" class="list-group-item" data-entry="${text}">${escape(text)}</a>`).join('')}</div>` : '';
const content = model.modal
  ? `<div class="modal fade" id="box" tabindex="-1" role="dialog"><div class="modal-dialog" role="document"><div class="modal-content">
      <div class="modal-header"><h4 class="modal-title">Başvuru</h4></div><div class="modal-body">${form}</div><div class="modal-footer">${buttons}</div></div></div></div>`
  : `${form}<div class="text-right">${buttons}</div>`;
$('#app').html(`<div class="container" style="max-width: 800px">
  ${model.headings.map((text) => `<h2>${escape(text)}</h2>`).join('')}${model.texts.map((text) => `<p>${escape(text)}</p>`).join('')}${menu}${content}</div>`);

$('form').on('submit', (event) => event.preventDefault());
for (const { id, kind, mask } of model.fields) {
  if (/select|combobox/.test(kind)) $(`#${id}`).select2({ minimumResultsForSearch: kind === 'combobox' ? 0 : Infinity });
  if (kind === 'masked') {
    Inputmask({ mask: maskFor(mask, 'd'), definitions: { d: { validator: '[0-9]' } } }).mask(document.getElementById(id));
  }
}
$(document).on('input change keyup', ':input[name]', ({ target }) => {
  if (target.type === 'radio' && !target.checked) return;
  values[target.name] = target.type === 'checkbox' ? target.checked : target.value;
});
$('[data-suffix=clear]').on('click', ({ currentTarget }) => $(currentTarget).closest('.input-group').find('input').val('').trigger('input'));
$('[data-suffix=reveal]').on('click', ({ currentTarget }) => {
  const input = $(currentTarget).closest('.input-group').find('input');
  input.attr('type', input.attr('type') === 'password' ? 'text' : 'password');
});
if (model.modal) $('#box').modal('show');
