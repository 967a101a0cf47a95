// Angular Material: mat-form-field with floating labels, mat-select, mat-autocomplete, mat-button-toggle, mat-nav-list,
// MatDialog. Compiled in the browser (JIT), so that one bundler serves all libraries.
import 'zone.js';
import '@angular/compiler';
import { Component, enableProdMode, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideAnimations } from '@angular/platform-browser/animations';
import { CommonModule } from '@angular/common';
import { FormsModule } from '@angular/forms';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatButtonModule } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MatDialog, MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatListModule } from '@angular/material/list';
import { MatRadioModule } from '@angular/material/radio';
import { MatSelectModule } from '@angular/material/select';
import { NgxMaskDirective, provideNgxMask } from 'ngx-mask';
import '../node_modules/@angular/material/prebuilt-themes/indigo-pink.css'; // exported for style preprocessors only
import { initialValues, maskFor, model } from '../model.js';

enableProdMode();
const values = { ...initialValues };
window.state = () => ({ ...values });

const MODULES = [
  CommonModule, FormsModule, MatAutocompleteModule, MatButtonModule, MatButtonToggleModule, MatCheckboxModule,
  MatDialogModule, MatFormFieldModule, MatInputModule, MatListModule, MatRadioModule, MatSelectModule, NgxMaskDirective,
];

const TEMPLATE = `
<form style="display: flex; flex-direction: column; gap: 8px; padding-top: 8px">
@for (field of model.fields; track field.id) {
  @switch (field.kind) {
    @case ('radio') {
      <div [attr.data-field]="field.id">
        <label [id]="field.id + '-label'">{{ field.label }}{{ field.required ? ' *' : '' }}</label>
        <mat-radio-group [attr.aria-labelledby]="field.id + '-label'" [name]="field.id" [(ngModel)]="values[field.id]" [required]="!!field.required">
          @for (option of field.options; track option) { <mat-radio-button [value]="option">{{ option }}</mat-radio-button> }
        </mat-radio-group>
      </div>
    }
    @case ('segmented') {
      <div [attr.data-field]="field.id">
        <label [id]="field.id + '-label'">{{ field.label }}{{ field.required ? ' *' : '' }}</label><br>
        <mat-button-toggle-group [attr.aria-labelledby]="field.id + '-label'" [name]="field.id" [(ngModel)]="values[field.id]">
          @for (option of field.options; track option) { <mat-button-toggle [value]="option">{{ option }}</mat-button-toggle> }
        </mat-button-toggle-group>
      </div>
    }
    @case ('checkbox') { <mat-checkbox [attr.data-field]="field.id" [name]="field.id" [(ngModel)]="values[field.id]">{{ field.label }}</mat-checkbox> }
    @default {
      <mat-form-field [attr.data-field]="field.id" appearance="fill">
        <mat-label>{{ field.label }}</mat-label>
        @switch (field.kind) {
          @case ('textarea') { <textarea matInput rows="3" [name]="field.id" [(ngModel)]="values[field.id]" [required]="!!field.required"></textarea> }
          @case ('select') {
            <mat-select [name]="field.id" [(ngModel)]="values[field.id]" [required]="!!field.required">
              @for (option of field.options; track option) { <mat-option [value]="option">{{ option }}</mat-option> }
            </mat-select>
          }
          @case ('combobox') {
            <input matInput [name]="field.id" [(ngModel)]="values[field.id]" [required]="!!field.required" [matAutocomplete]="list">
            <mat-autocomplete #list="matAutocomplete">
              @for (option of field.options; track option) { <mat-option [value]="option">{{ option }}</mat-option> }
            </mat-autocomplete>
          }
          @case ('masked') {
            <input matInput [name]="field.id" [(ngModel)]="values[field.id]" [required]="!!field.required"
              [mask]="mask(field)" [patterns]="PATTERNS" [prefix]="prefix(field)" [showMaskTyped]="true" [dropSpecialCharacters]="false">
          }
          @default {
            <input matInput [name]="field.id" [(ngModel)]="values[field.id]" [required]="!!field.required" [readonly]="!!field.readonly"
              [placeholder]="field.placeholder ?? ''" [type]="field.kind === 'password' && !revealed[field.id] ? 'password' : field.type ?? 'text'">
          }
        }
        @if (field.suffix === 'clear') { <button matSuffix mat-icon-button type="button" aria-label="Temizle" (click)="values[field.id] = ''">✕</button> }
        @if (field.suffix === 'reveal') { <button matSuffix mat-icon-button type="button" aria-label="Göster" (click)="revealed[field.id] = !revealed[field.id]">◉</button> }
        @if (field.help) { <mat-hint>{{ field.help }}</mat-hint> }
      </mat-form-field>
    }
  }
}
</form>`;

const BUTTONS = '@for (text of model.buttons; track text) { <button mat-flat-button color="primary" type="button">{{ text }}</button> }';

const component = (options) => (type) => Component({ standalone: true, imports: MODULES, ...options })(type) ?? type;

class Fields {
  model = model;

  values = values;

  revealed = {};

  PATTERNS = { _: { pattern: /\d/ } };

  /** The literal start of a mask is ngx-mask's prefix. */
  prefix = ({ mask }) => mask.slice(0, mask.indexOf('_'));

  mask = ({ mask }) => maskFor(mask.slice(mask.indexOf('_')), '_');
}
const FieldsComponent = component({ selector: 'app-fields', template: TEMPLATE })(Fields);

class BoxContent {
  model = model;
}
const BoxComponent = component({
  selector: 'app-box',
  imports: [...MODULES, FieldsComponent],
  template: `<h2 mat-dialog-title>Başvuru</h2><mat-dialog-content><app-fields /></mat-dialog-content><mat-dialog-actions align="end">${BUTTONS}</mat-dialog-actions>`,
})(BoxContent);

class Screen {
  model = model;

  dialog = inject(MatDialog);

  ngOnInit() {
    if (model.modal) setTimeout(() => this.dialog.open(BoxComponent, { width: '600px' }));
  }
}
const ScreenComponent = component({
  selector: 'app-screen',
  imports: [...MODULES, FieldsComponent],
  template: `
<div class="mat-typography" style="max-width: 760px; margin: 24px auto; padding: 0 16px">
  @for (text of model.headings; track text) { <h1>{{ text }}</h1> }
  @for (text of model.texts; track text) { <p>{{ text }}</p> }
  @if (model.menu) {
    <mat-nav-list>@for (entry of model.menu; track entry.text) { <mat-list-item [attr.data-entry]="entry.text"><span matListItemTitle>{{ entry.text }}</span></mat-list-item> }</mat-nav-list>
  }
  @if (!model.modal) { <app-fields /><div style="text-align: right">${BUTTONS}</div> }
</div>`,
})(Screen);

document.getElementById('app').append(document.createElement('app-screen'));
bootstrapApplication(ScreenComponent, { providers: [provideAnimations(), provideNgxMask()] });
