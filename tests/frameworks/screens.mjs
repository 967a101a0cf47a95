// The screens that every library draws: their labels are those of the known pages. See screens.json.
import fs from 'node:fs';

/**
 * @typedef {import('./model.js').Field & {right?: string | boolean, secret?: true, wrong?: Wrong}} ScreenField `right` is
 *   a value without findings
 *
 * A value that the product must report.
 * @typedef {object} Wrong
 * @property {string} value
 * @property {string} hint the id of the hint at the field
 * @property {string[]} [marks] the underlined words
 * @property {object} [state] the saved state in which it is wrong
 *
 * @typedef {object} Screen
 * @property {string} id
 * @property {string} screen as which the product must recognize it
 * @property {string} url
 * @property {string} title
 * @property {string[]} headings
 * @property {string[]} texts
 * @property {boolean} [modal] whether the form is in a modal dialog
 * @property {ScreenField[]} fields
 * @property {{text: string, hint?: string}[]} [menu] entries, some with the id of the hint at them
 * @property {string[]} buttons
 */

/** @type {Screen[]} */
export const SCREENS = JSON.parse(fs.readFileSync(new URL('screens.json', import.meta.url), 'utf8'));

/** A host on which the extension does not run. */
export const FOREIGN_HOST = 'example.org';

/**
 * @param {import('./libraries.mjs').Library} library
 * @param {Screen} screen
 * @param {string} [host] replaces the real one
 * @returns {string} the address of a screen drawn by a library
 */
export function addressOf(library, screen, host) {
  const address = new URL(screen.url);
  if (host) address.host = host;
  address.searchParams.set('library', library.name);
  address.searchParams.set('screen', screen.id);
  if (library.variant) address.searchParams.set('variant', library.variant);
  return address.href;
}
