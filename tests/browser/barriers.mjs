// What axe-core finds on a page: barriers for people who use a keyboard, a screen reader or large print.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * @param {import('playwright-core').Page} page
 * @param {string} [within] a selector: what to look at; else all of it
 * @returns {Promise<string[]>} "rule: element", one for each
 */
export async function barriers(page, within) {
  await page.evaluate((source) => {
    if (!globalThis.axe) globalThis.eval(source);
  }, AXE);
  const { violations } = await page.evaluate((selector) => (
    globalThis.axe.run(selector ?? document, { resultTypes: ['violations'] })
  ), within);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
