// Bootstrap 3 and select2 expect jQuery as a global.
import $ from 'jquery';

Object.assign(window, { $, jQuery: $ });
