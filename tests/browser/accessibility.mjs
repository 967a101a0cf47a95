// Accessibility checks with axe-core.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * @param {import('playwright-core').Page} page
 * @param {string} [within] a selector of the part to check; otherwise the whole page
 * @returns {Promise<string[]>} "rule: element" for each violation
 */
export async function accessibilityViolations(page, within) {
  await page.evaluate((source) => {
    if (!globalThis.axe) globalThis.eval(source);
  }, AXE);
  const { violations } = await page.evaluate((selector) => (
    globalThis.axe.run(selector ?? document, { resultTypes: ['violations'] })
  ), within);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
