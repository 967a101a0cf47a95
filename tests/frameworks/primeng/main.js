// PrimeNG: p-dropdown, p-selectButton, p-radioButton, p-inputMask, p-password with an eye, p-menu, p-dialog. Compiled in
// the browser (JIT), as Angular Material's page.
import 'zone.js';
import '@angular/compiler';
import { Component, enableProdMode } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideAnimations } from '@angular/platform-browser/animations';
import { CommonModule } from '@angular/common';
import { FormsModule } from '@angular/forms';
import { ButtonModule } from 'primeng/button';
import { CheckboxModule } from 'primeng/checkbox';
import { DialogModule } from 'primeng/dialog';
import { DropdownModule } from 'primeng/dropdown';
import { InputMaskModule } from 'primeng/inputmask';
import { InputTextModule } from 'primeng/inputtext';
import { InputTextareaModule } from 'primeng/inputtextarea';
import { MenuModule } from 'primeng/menu';
import { PasswordModule } from 'primeng/password';
import { RadioButtonModule } from 'primeng/radiobutton';
import { SelectButtonModule } from 'primeng/selectbutton';
import 'primeng/resources/themes/lara-light-blue/theme.css';
import 'primeng/resources/primeng.css';
import { initialValues, maskFor, model } from '../model.js';

enableProdMode();
const values = { ...initialValues };
window.state = () => Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value ?? '']));

const MODULES = [
  CommonModule, FormsModule, ButtonModule, CheckboxModule, DialogModule, DropdownModule, InputMaskModule, InputTextModule,
  InputTextareaModule, MenuModule, PasswordModule, RadioButtonModule, SelectButtonModule,
];

const LABEL = '{{ field.label }}@if (field.required) {<span style="color: #c00"> *</span>}';
const FIELDS = `
@for (field of model.fields; track field.id) {
  <div class="field" style="margin-bottom: 14px" [attr.data-field]="field.id">
    @switch (field.kind) {
      @case ('radio') {
        <div id="{{ field.id }}-label">${LABEL}</div>
        @for (option of field.options; track option) {
          <p-radioButton [name]="field.id" [value]="option" [(ngModel)]="values[field.id]" [inputId]="field.id + option" />
          <label [for]="field.id + option" style="margin: 0 12px 0 6px">{{ option }}</label>
        }
      }
      @case ('segmented') {
        <div id="{{ field.id }}-label">${LABEL}</div>
        <p-selectButton [options]="field.options" [(ngModel)]="values[field.id]" [ariaLabelledBy]="field.id + '-label'" />
      }
      @case ('checkbox') { <p-checkbox [binary]="true" [inputId]="field.id" [(ngModel)]="values[field.id]" [label]="field.label" /> }
      @default {
        <label [for]="field.id" style="display: block">${LABEL}</label>
        @switch (field.kind) {
          @case ('textarea') { <textarea pInputTextarea [id]="field.id" rows="3" style="width: 100%" [(ngModel)]="values[field.id]"></textarea> }
          @case ('select') { <p-dropdown [inputId]="field.id" [options]="field.options" [placeholder]="field.placeholder ?? ''" [style]="{ width: '100%' }" [(ngModel)]="values[field.id]" /> }
          @case ('combobox') { <p-dropdown [inputId]="field.id" [filter]="true" [options]="field.options" [placeholder]="field.placeholder ?? ''" [style]="{ width: '100%' }" [(ngModel)]="values[field.id]" /> }
          @case ('masked') { <p-inputMask [inputId]="field.id" [mask]="mask(field)" [autoClear]="true" [style]="{ width: '100%' }" [(ngModel)]="values[field.id]" /> }
          @case ('password') { <p-password [inputId]="field.id" [toggleMask]="field.suffix === 'reveal'" [feedback]="false" [(ngModel)]="values[field.id]" /> }
          @default {
            <input pInputText [id]="field.id" style="width: 100%" [readonly]="!!field.readonly" [type]="field.type ?? 'text'"
              [placeholder]="field.placeholder ?? ''" [(ngModel)]="values[field.id]">
          }
        }
        @if (field.help) { <small id="{{ field.id }}-help" style="display: block">{{ field.help }}</small> }
      }
    }
  </div>
}`;

const BUTTONS = '@for (text of model.buttons; track text) { <p-button [label]="text" /> }';

class Screen {
  model = model;

  values = values;

  open = false;

  entries = model.menu?.map(({ text }) => ({ label: text, command: () => {} }));

  mask = ({ mask }) => maskFor(mask, '9', '');

  ngOnInit() {
    if (model.modal) setTimeout(() => { this.open = true; });
  }
}
Component({
  standalone: true,
  selector: 'app-screen',
  imports: MODULES,
  template: `
<div style="max-width: 760px; margin: 24px auto; padding: 0 16px; font-family: sans-serif">
  @for (text of model.headings; track text) { <h1>{{ text }}</h1> }
  @for (text of model.texts; track text) { <p>{{ text }}</p> }
  @if (model.menu) { <p-menu [model]="entries" /> }
  @if (model.modal) {
    <p-dialog header="Başvuru" [modal]="true" [visible]="open" [style]="{ width: '600px' }">${FIELDS}<ng-template pTemplate="footer">${BUTTONS}</ng-template></p-dialog>
  } @else { ${FIELDS}<div style="text-align: right">${BUTTONS}</div> }
</div>`,
})(Screen);

document.getElementById('app').append(document.createElement('app-screen'));
bootstrapApplication(Screen, { providers: [provideAnimations()] });
// PrimeNG has no attribute of its own for an entry of a menu.
if (model.menu) {
  new MutationObserver((_, observer) => {
    const items = [...document.querySelectorAll('[role=menuitem]')];
    if (items.length < model.menu.length) return;
    observer.disconnect();
    for (const item of items) item.dataset.entry = item.textContent.trim();
  }).observe(document.body, { childList: true, subtree: true });
}
