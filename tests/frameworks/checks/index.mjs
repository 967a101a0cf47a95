// All checks, in the order of the table's columns.
import choiceHints from './choice-hints.mjs';
import coversNothing from './covers-nothing.mjs';
import errors from './errors.mjs';
import fixes from './fixes.mjs';
import labels from './labels.mjs';
import mandatory from './mandatory.mjs';
import masks from './masks.mjs';
import menuHints from './menu-hints.mjs';
import modal from './modal.mjs';
import openLists from './open-lists.mjs';
import recognised from './recognised.mjs';
import secrets from './secrets.mjs';
import textHints from './text-hints.mjs';
import underlines from './underlines.mjs';

/**
 * @typedef {object} Check
 * @property {string} name the column
 * @property {(screen: import('../screens.mjs').Screen, library: import('../libraries.mjs').Library) => boolean} appliesTo
 * @property {(framework: import('../framework-page.mjs').FrameworkPage, screen: import('../screens.mjs').Screen) => Promise<void>} run
 */

/** @type {Check[]} */
export const CHECKS = [
  recognised, labels, textHints, choiceHints, mandatory, menuHints, underlines, fixes, masks, secrets, coversNothing,
  openLists, modal, errors,
];
