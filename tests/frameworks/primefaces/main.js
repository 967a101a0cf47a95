// Markup in the structure that PrimeFaces' renderers give, with a little script in place of its widgets: SelectOneMenu
// (helper input and select out of sight, list in a panel at the end of the body), SelectOneRadio (table), SelectOneButton,
// InputMask, Password, SelectBooleanCheckbox, Menu, Dialog. There is no npm package to build it with.
import './theme.css';
import { initialValues, model } from '../model.js';

const values = { ...initialValues };
window.state = () => ({ ...values });

const escape = (text) => Object.assign(document.createElement('i'), { textContent: text }).innerHTML;
const idOf = ({ id }) => `form:${id}`;

function menuHtml(field) {
  const { value, options } = field;
  const id = idOf(field);
  return `<div id="${id}" class="ui-selectonemenu ui-widget ui-state-default ui-corner-all" data-widget="menu">
    <div class="ui-helper-hidden-accessible"><input id="${id}_focus" name="${id}_focus" type="text" autocomplete="off" role="combobox" aria-haspopup="listbox" aria-expanded="false" aria-controls="${id}_panel" /></div>
    <div class="ui-helper-hidden-accessible"><select id="${id}_input" name="${id}_input" tabindex="-1" aria-hidden="true"><option value="">Seçiniz</option>
      ${options.map((option) => `<option value="${option}"${option === value ? ' selected' : ''}>${option}</option>`).join('')}</select></div>
    <label id="${id}_label" class="ui-selectonemenu-label ui-inputfield ui-corner-all">${value ?? 'Seçiniz'}</label>
    <div class="ui-selectonemenu-trigger ui-state-default ui-corner-right"><span class="ui-icon ui-icon-triangle-1-s ui-c"></span></div></div>`;
}

function panelHtml(field) {
  const id = idOf(field);
  return `<div id="${id}_panel" class="ui-selectonemenu-panel ui-widget ui-widget-content ui-corner-all ui-helper-hidden ui-shadow ui-input-overlay"><div class="ui-selectonemenu-items-wrapper">
    <ul id="${id}_items" class="ui-selectonemenu-items ui-selectonemenu-list ui-helper-reset" role="listbox">
    <li class="ui-selectonemenu-item ui-selectonemenu-list-item" data-label="Seçiniz" role="option">Seçiniz</li>
    ${field.options.map((option) => `<li class="ui-selectonemenu-item ui-selectonemenu-list-item" data-label="${option}" role="option">${option}</li>`).join('')}</ul></div></div>`;
}

function controlHtml(field) {
  const { kind, label, options, value = '', placeholder = '', suffix, readonly, type = 'text' } = field;
  const id = idOf(field);
  switch (kind) {
    case 'textarea': return `<textarea id="${id}" name="${id}" class="ui-inputfield ui-inputtextarea ui-widget" rows="3" cols="40"></textarea>`;
    case 'select':
    case 'combobox': return menuHtml(field);
    case 'radio': return `<table id="${id}" role="radiogroup" class="ui-selectoneradio ui-widget"><tbody><tr>${options.map((option, index) => `<td>
      <div class="ui-radiobutton ui-widget"><div class="ui-helper-hidden-accessible"><input id="${id}:${index}" name="${id}" type="radio" value="${option}"${option === value ? ' checked' : ''} /></div>
      <div class="ui-radiobutton-box ui-widget ui-corner-all ui-state-default"><span class="ui-radiobutton-icon ui-icon ui-icon-blank ui-c"></span></div></div></td>
      <td><label for="${id}:${index}">${option}</label></td>`).join('')}</tr></tbody></table>`;
    case 'segmented': return `<div id="${id}" class="ui-selectonebutton ui-buttonset ui-widget ui-corner-all" data-widget="buttons">${options.map((option) => `
      <div class="ui-button ui-widget ui-state-default ui-button-text-only"><input id="${id}:${option}" name="${id}" type="radio" value="${option}" class="ui-helper-hidden-accessible" tabindex="-1" /><span class="ui-button-text ui-c">${option}</span></div>`).join('')}</div>`;
    case 'checkbox': return `<div id="${id}" class="ui-selectbooleancheckbox ui-chkbox ui-widget" data-widget="checkbox"><div class="ui-helper-hidden-accessible"><input id="${id}_input" name="${id}_input" type="checkbox" /></div>
      <div class="ui-chkbox-box ui-widget ui-corner-all ui-state-default"><span class="ui-chkbox-icon ui-icon ui-icon-blank ui-c"></span></div><span class="ui-chkbox-label">${escape(label)}</span></div>`;
    case 'password': return `<div class="ui-password ui-password-masked"><input id="${id}" name="${id}" type="password" class="ui-inputfield ui-password ui-widget" autocomplete="off" />
      ${suffix === 'reveal' ? '<i class="ui-password-icon" data-suffix="reveal">◉</i>' : ''}</div>`;
    default: return `<span class="ui-input-wrapper"><input id="${id}" name="${id}" type="${type}" value="${value}" placeholder="${placeholder}"${readonly ? ' readonly="readonly"' : ''}
      class="ui-inputfield ui-input${kind === 'masked' ? 'mask' : 'text'} ui-widget ui-state-default ui-corner-all" />${suffix === 'clear' ? '<i class="ui-clear-icon" data-suffix="clear">✕</i>' : ''}</span>`;
  }
}

function rowHtml(field) {
  const { kind, label, required, help } = field;
  const target = { select: '_focus', combobox: '_focus' }[kind] ?? '';
  const star = required ? '<span class="ui-outputlabel-rfi">*</span>' : '';
  const cell = kind === 'checkbox' ? '' : `<label class="ui-outputlabel ui-widget" for="${idOf(field)}${target}">${escape(label)}${star}</label>`;
  return `<tr class="ui-widget-content" role="row" data-field="${field.id}"><td role="gridcell" class="ui-panelgrid-cell">${cell}</td>
    <td role="gridcell" class="ui-panelgrid-cell">${controlHtml(field)}${help ? `<span class="ui-help">${help}</span>` : ''}</td></tr>`;
}

const form = `<form id="form"><table role="grid" class="ui-panelgrid ui-widget"><tbody>${model.fields.map(rowHtml).join('')}</tbody></table></form>`;
const buttons = model.buttons.map((text) => `<button type="submit" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only"><span class="ui-button-text ui-c">${text}</span></button>`).join('');
const menu = model.menu ? `<div class="ui-menu ui-widget ui-widget-content ui-corner-all" role="menu"><ul class="ui-menu-list ui-helper-reset">${model.menu.map(({ text }) => `
  <li class="ui-menuitem ui-widget ui-corner-all" role="none" data-entry="${text}"><a tabindex="-1" role="menuitem" class="ui-menuitem-link ui-corner-all" href="#"><span class="ui-menuitem-text">${escape(text)}</span></a></li>`).join('')}</ul></div>` : '';
const dialog = `<div class="ui-dialog ui-widget ui-widget-content ui-corner-all ui-shadow" role="dialog" aria-labelledby="box_title" aria-modal="true"><div class="ui-dialog-titlebar ui-widget-header"><span id="box_title" class="ui-dialog-title">Başvuru</span></div>
  <div class="ui-dialog-content ui-widget-content">${form}${buttons}</div></div><div class="ui-widget-overlay ui-dialog-mask"></div>`;
document.getElementById('app').innerHTML = `<div class="ui-layout">${model.headings.map((text) => `<h1>${escape(text)}</h1>`).join('')}
  ${model.texts.map((text) => `<p>${escape(text)}</p>`).join('')}${menu}${model.modal ? '' : `${form}<div class="buttons">${buttons}</div>`}</div>`;
if (model.modal) document.body.insertAdjacentHTML('beforeend', dialog);
document.body.insertAdjacentHTML('beforeend', model.fields.filter(({ kind }) => /select|combobox/.test(kind)).map(panelHtml).join(''));

document.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('change', keep);
document.addEventListener('input', keep);
function keep({ target }) {
  const id = target.name?.replace(/^form:|_input$/g, '');
  if (!(id in values) || (target.type === 'radio' && !target.checked)) return;
  values[id] = target.type === 'checkbox' ? target.checked : target.value;
  if (target.type === 'radio') for (const input of document.getElementsByName(target.name)) mark(input);
}

/** Draws a radio button or segment as chosen or not. */
function mark(input) {
  const drawn = input.closest('.ui-button') ?? input.closest('.ui-radiobutton').querySelector('.ui-radiobutton-box');
  drawn.classList.toggle('ui-state-active', input.checked);
}
for (const input of document.querySelectorAll('[type=radio]')) mark(input);

const element = (id) => document.getElementById(id);
function chosen(input, value) {
  input[input.type === 'select-one' ? 'value' : 'checked'] = value;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

for (const widget of document.querySelectorAll('[data-widget=menu]')) {
  const panel = element(`${widget.id}_panel`);
  const show = (open) => {
    const { left, bottom, width } = widget.getBoundingClientRect();
    panel.style = `left: ${left + scrollX}px; top: ${bottom + scrollY}px; min-width: ${width}px; z-index: 2000`;
    panel.classList.toggle('ui-helper-hidden', !open);
    element(`${widget.id}_focus`).ariaExpanded = String(open);
  };
  widget.addEventListener('click', () => {
    show(panel.classList.contains('ui-helper-hidden'));
    element(`${widget.id}_focus`).focus({ preventScroll: true });
  });
  panel.addEventListener('click', ({ target }) => {
    const { label } = target.closest('li').dataset;
    element(`${widget.id}_label`).textContent = label;
    chosen(element(`${widget.id}_input`), label === 'Seçiniz' ? '' : label);
    show(false);
    element(`${widget.id}_focus`).focus({ preventScroll: true });
  });
  document.addEventListener('mousedown', ({ target }) => {
    if (!widget.contains(target) && !panel.contains(target)) show(false);
  });
}
for (const button of document.querySelectorAll('[data-widget=buttons] .ui-button')) button.addEventListener('click', () => chosen(button.querySelector('input'), true));
for (const box of document.querySelectorAll('.ui-radiobutton-box')) box.addEventListener('click', () => chosen(box.previousElementSibling.querySelector('input'), true));
for (const box of document.querySelectorAll('[data-widget=checkbox]')) {
  box.addEventListener('click', () => {
    const input = box.querySelector('input');
    chosen(input, !input.checked);
    box.querySelector('.ui-chkbox-box').classList.toggle('ui-state-active', input.checked);
  });
}
document.addEventListener('click', ({ target }) => {
  const { suffix } = target.dataset ?? {};
  const input = suffix && target.parentElement.querySelector('input');
  if (suffix === 'reveal') input.type = input.type === 'password' ? 'text' : 'password';
  if (suffix === 'clear') {
    input.value = '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
});

/** InputMask shows the mask while it has the focus, and empties an unfilled field when it loses it. */
for (const { id, mask } of model.fields.filter(({ kind }) => kind === 'masked')) {
  const input = element(`form:${id}`);
  const fixed = mask.replace(/\D/g, '');
  const write = (digits) => {
    let rest = [...digits];
    input.value = [...mask].map((character) => (character === '_' ? rest.shift() ?? '_' : character)).join('');
    const caret = input.value.indexOf('_');
    input.setSelectionRange(caret < 0 ? input.value.length : caret, caret < 0 ? input.value.length : caret);
    values[id] = input.value;
  };
  const typed = () => input.value.replace(/\D/g, '').slice(fixed.length);
  input.addEventListener('focus', () => setTimeout(() => write(typed())));
  input.addEventListener('input', () => write(typed()));
  input.addEventListener('blur', () => {
    if (!input.value.includes('_')) return;
    input.value = '';
    values[id] = '';
  });
}
