// From the beginning of a page to the first thing that is drawn on it, the worker running.
import path from 'node:path';
import { EXTENSION, launch } from '../../browser/browser.mjs';
import { RUNS, row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const REFERENCE = path.join(import.meta.dirname, 'asks-and-draws');

/** In the page: when the extension's element comes into the document. */
const WATCH = `globalThis.drawn = new Promise((resolve, reject) => {
  setTimeout(reject, 10_000, new Error('nothing is drawn'));
  const look = () => document.documentElement?.querySelector(':scope > [data-eimza-yardimcisi]') && resolve(performance.now());
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});`;

async function stage(extension) {
  const browser = await launch({ extension, welcome: extension !== EXTENSION });
  const [page] = browser.context.pages();
  await page.addInitScript(WATCH);
  return { browser, page };
}

export async function firstHint() {
  const both = [await stage(EXTENSION), await stage(REFERENCE)];
  const times = [[], []];
  try {
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [index, { page }] of both.entries()) {
        await page.bringToFront();
        await page.goto(FORM);
        const took = await page.evaluate('drawn');
        if (run > 0) times[index].push(took); // the first one starts the worker
      }
    }
  } finally {
    for (const { browser } of both) await browser.close();
  }
  return [row({ name: 'first-hint', reference: 'an extension that asks its worker and draws a constant', bound: 1.5 }, ...times)];
}
