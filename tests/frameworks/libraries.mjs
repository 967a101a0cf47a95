// The component libraries: one row each. A library's folder has a `main.*` that draws any screen of `screens.json`.

/**
 * @typedef {object} Library
 * @property {string} name in the table and in the address of its pages
 * @property {string} folder of its `main.*`
 * @property {string} title with the version
 * @property {string} [variant] of `?variant=`, for a folder that has several
 * @property {string} opener what is clicked in a field to open its list; inside `[data-field=…]`
 * @property {string} option a row of the open list
 * @property {string} [reveal] the button that shows a password
 * @property {string} [dialog] the modal dialog
 */

/** @type {Library[]} */
export const LIBRARIES = [
  {
    name: 'mui', folder: 'mui', title: 'MUI 6',
    opener: '[role=combobox], .MuiAutocomplete-popupIndicator', option: '[role=option]',
    reveal: '[aria-label=Göster]', dialog: '.MuiDialog-paper',
  },
  {
    name: 'antd', folder: 'antd', title: 'Ant Design 5',
    opener: '.ant-select-selector', option: '.ant-select-item-option',
    reveal: '.ant-input-password-icon', dialog: '.ant-modal-content',
  },
  {
    name: 'antd-unnamed', folder: 'antd', title: 'Ant Design 5, `Form.Item` without `name`', variant: 'unnamed',
    opener: '.ant-select-selector', option: '.ant-select-item-option',
    reveal: '.ant-input-password-icon', dialog: '.ant-modal-content',
  },
  {
    name: 'angular-material', folder: 'angular-material', title: 'Angular Material 18',
    opener: '.mat-mdc-select-trigger, input', option: '.mat-mdc-option',
    reveal: '[aria-label=Göster]', dialog: '.mat-mdc-dialog-surface',
  },
  {
    name: 'primeng', folder: 'primeng', title: 'PrimeNG 17',
    opener: '.p-dropdown', option: '.p-dropdown-item',
    reveal: '.p-password eyeicon, .p-password eyeslashicon', dialog: '.p-dialog',
  },
  {
    name: 'vuetify', folder: 'vuetify', title: 'Vuetify 3',
    opener: '.v-field', option: '.v-list-item',
    reveal: '.v-field__append-inner .v-icon', dialog: '.v-dialog .v-card',
  },
  {
    name: 'element-plus', folder: 'element-plus', title: 'Element Plus 2',
    opener: '.el-select__wrapper', option: '.el-select-dropdown__item',
    reveal: '.el-input__password', dialog: '.el-dialog',
  },
  {
    name: 'vaadin', folder: 'vaadin', title: 'Vaadin 24',
    opener: 'vaadin-select-value-button, [part=toggle-button]', option: 'vaadin-select-item, vaadin-combo-box-item',
    reveal: 'vaadin-password-field-button', dialog: 'vaadin-dialog-overlay [part=overlay]',
  },
  {
    name: 'bootstrap-3', folder: 'bootstrap-3', title: 'Bootstrap 3, select2, inputmask',
    opener: '.select2-selection', option: '.select2-results__option',
    reveal: '[data-suffix=reveal]', dialog: '.modal-content',
  },
  {
    name: 'bootstrap-5', folder: 'bootstrap-5', title: 'Bootstrap 5, jquery.mask',
    opener: 'select', option: 'option',
    reveal: '[data-suffix=reveal]', dialog: '.modal-content',
  },
  {
    name: 'primefaces', folder: 'primefaces', title: 'PrimeFaces’ markup',
    opener: '.ui-selectonemenu', option: '.ui-selectonemenu-item',
    reveal: '[data-suffix=reveal]', dialog: '.ui-dialog',
  },
];
