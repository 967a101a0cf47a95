// jquery.mask expects jQuery as a global.
import $ from 'jquery';

Object.assign(window, { $, jQuery: $ });
