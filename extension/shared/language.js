// The language that the user chose.
import { LANGUAGE_KEY } from './storage-keys.js';

/**
 * Returns the language among values of `storage.local`, if the user chose one.
 * @param {Record<string, unknown>} stored
 * @returns {string | undefined}
 */
export function chosenLanguage({ [LANGUAGE_KEY]: lang }) {
  return typeof lang === 'string' ? lang : undefined;
}
