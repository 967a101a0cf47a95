// The reconstructed screens: one file each in screens/, labels only. The markups are in markup/.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} ScreenField
 * @property {string} name
 * @property {string} label
 * @property {'text' | 'textarea' | 'select' | 'email' | 'tel' | 'password'} kind
 * @property {string[]} [options]
 * @property {string} [value]
 * @property {string} [placeholder]
 * @property {string} [picture] the text of the captcha above it
 * @property {true} [readonly]
 * @property {true} [secret] never to be read
 *
 * @typedef {object} Screen
 * @property {string} id the name of its file
 * @property {string | null} place the id of the screen that it must be recognized as
 * @property {string[]} hosts
 * @property {string[]} paths
 * @property {string} [ekran] distinguishes the screens of one address: `?ekran=`
 * @property {string} labels which labels are quoted and which are guessed; a note for readers of the file
 * @property {string} title
 * @property {string[]} headings
 * @property {string} [rule] a rule that the page itself states
 * @property {string[]} [texts]
 * @property {string[][]} [table] of text
 * @property {ScreenField[]} [fields]
 * @property {{text: string, to?: string}[]} [buttons] `to` is the screen that the button opens
 * @property {string} [markup] the default markup of the screen
 */

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'screens');

/** @type {Screen[]} */
export const SCREENS = fs.readdirSync(FOLDER).sort().map((file) => ({
  id: path.basename(file, '.json'),
  ...JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')),
}));

/** Unrelated sites that serve the same pages. The second one is a typo in a guide. */
export const FOREIGN = ['example.org', 'nesbireysel.kamusal.gov.tr'];

/** All served hosts. */
export const HOSTS = [...new Set([...SCREENS.flatMap((screen) => screen.hosts), ...FOREIGN])];

/** The hosts that are also served over plain http. */
export const PLAIN_HOSTS = ['www.kamusm.gov.tr', 'kamusm.gov.tr'];

/**
 * Returns the screen at an address: by path and `?ekran=`, or, on any page, by the id in `?goster=`.
 * @param {URL} address
 * @returns {Screen | undefined}
 */
export function screenAt(address) {
  const id = address.searchParams.get('goster');
  if (id !== null) return SCREENS.find((screen) => screen.id === id);
  const ekran = address.searchParams.get('ekran') ?? undefined;
  const candidates = SCREENS.filter((screen) => screen.paths.includes(address.pathname)
    && (screen.hosts.includes(address.hostname) || FOREIGN.includes(address.hostname)));
  return candidates.find((screen) => screen.ekran === ekran);
}

/**
 * Returns the address of a screen.
 * @param {Screen} screen
 * @param {string} [markup]
 * @param {string} [host]
 * @returns {string}
 */
export function addressOf(screen, markup, host = screen.hosts[0]) {
  const address = new URL(screen.paths[0], `https://${host}`);
  if (screen.ekran) address.searchParams.set('ekran', screen.ekran);
  if (markup) address.searchParams.set('duzen', markup);
  return address.href;
}

/**
 * Returns the screens that share an address with this one.
 * @param {Screen} screen
 */
export function siblings(screen) {
  return SCREENS.filter((other) => other.hosts[0] === screen.hosts[0] && other.paths[0] === screen.paths[0]);
}
