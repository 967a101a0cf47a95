// Measures the time from the start of navigation to the first hint: with a running worker, and right after a start of the
// browser, when no worker runs.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION, launch } from '../../browser/browser.mjs';
import { RUNS, row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const MINIMAL = path.join(path.dirname(fileURLToPath(import.meta.url)), 'minimal-extension');
const REFERENCE = 'an extension that messages its worker and draws a constant';

/** Runs in the page: resolves with the time at which the extension's element is inserted. */
const WATCH = `globalThis.drawn = new Promise((resolve, reject) => {
  setTimeout(reject, 10_000, new Error('nothing is drawn'));
  const look = () => document.querySelector('[data-eimza-yardimcisi]') && resolve(performance.now());
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});`;

/** Starts a browser with an extension. Only our extension opens a welcome page. */
const start = (extension, profile) => launch({ extension, profile, welcome: extension !== EXTENSION });

async function measure(page) {
  await page.goto(FORM);
  return page.evaluate('drawn');
}

/** Loads the form repeatedly in one browser per extension. */
async function warm() {
  const times = [[], []];
  const browsers = [];
  try {
    for (const extension of [EXTENSION, MINIMAL]) {
      browsers.push(await start(extension));
      await browsers.at(-1).context.pages()[0].addInitScript(WATCH);
    }
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [index, { context }] of browsers.entries()) {
        const [page] = context.pages();
        await page.bringToFront();
        const took = await measure(page);
        if (run > 0) times[index].push(took); // the first one starts the worker
      }
    }
  } finally {
    for (const browser of browsers) await browser.close();
  }
  return times;
}

/** Starts the browser for each measurement, with the same profile. */
async function afterStart() {
  const times = [[], []];
  const profiles = [EXTENSION, MINIMAL].map(() => fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-')));
  try {
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [index, extension] of [EXTENSION, MINIMAL].entries()) {
        const browser = await start(extension, profiles[index]);
        try {
          const [page] = browser.context.pages();
          await page.addInitScript(WATCH);
          const took = await measure(page);
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
