// From the beginning of a page to the first thing that is drawn on it: the worker running, and right after a start of the
// browser, when nothing runs yet.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION, launch } from '../../browser/browser.mjs';
import { RUNS, row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const OTHER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'asks-and-draws');
const REFERENCE = 'an extension that asks its worker and draws a constant';

/** In the page: when the extension's element comes into the document. */
const WATCH = `globalThis.drawn = new Promise((resolve, reject) => {
  setTimeout(reject, 10_000, new Error('nothing is drawn'));
  const look = () => document.documentElement?.querySelector(':scope > [data-eimza-yardimcisi]') && resolve(performance.now());
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});`;

/** A browser with an extension; only ours opens a page of its own at first. */
const start = (extension, profile) => launch({ extension, profile, welcome: extension !== EXTENSION });

async function timeOf(page) {
  await page.goto(FORM);
  return page.evaluate('drawn');
}

/** One browser each, and the form in it again and again. */
async function warm() {
  const times = [[], []];
  const browsers = [];
  try {
    for (const extension of [EXTENSION, OTHER]) {
      browsers.push(await start(extension));
      await browsers.at(-1).context.pages()[0].addInitScript(WATCH);
    }
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [index, { context }] of browsers.entries()) {
        const [page] = context.pages();
        await page.bringToFront();
        const took = await timeOf(page);
        if (run > 0) times[index].push(took); // the first one starts the worker
      }
    }
  } finally {
    for (const browser of browsers) await browser.close();
  }
  return times;
}

/** A browser started anew for each time, with the profile that it left. */
async function afterStart() {
  const times = [[], []];
  const profiles = [EXTENSION, OTHER].map(() => fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-')));
  try {
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [index, extension] of [EXTENSION, OTHER].entries()) {
        const browser = await start(extension, profiles[index]);
        try {
          const [page] = browser.context.pages();
          await page.addInitScript(WATCH);
          const took = await timeOf(page);
          if (run > 0) times[index].push(took); // the first one installs the extension
        } finally {
          await browser.close();
        }
      }
    }
  } finally {
    for (const profile of profiles) fs.rmSync(profile, { recursive: true });
  }
  return times;
}

export async function firstHint() {
  return [
    row({ name: 'first-hint', reference: REFERENCE, bound: 1.5 }, ...await warm()),
    row({ name: 'first-hint-after-start', reference: REFERENCE, bound: 3 }, ...await afterStart()),
  ];
}
