// Saves screenshots of the states in the JSON files of this folder in target/looks/: light, dark, 320 px wide, and 360 px
// at 200 %. `cargo xtask looks` starts it; an argument restricts it to states whose name contains it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, launch } from '../browser.mjs';
import { ScriptedHost } from '../scripted-host.mjs';
import { open, readStates } from './states.mjs';

const OUT = path.join(ROOT, 'target/looks');

/**
 * @typedef {object} Mode
 * @property {'light' | 'dark'} scheme
 * @property {number} width in CSS pixels
 * @property {number} scale device pixels for each
 */

/** @type {Record<string, Mode>} */
const PANEL_MODES = {
  light: { scheme: 'light', width: 360, scale: 1 },
  dark: { scheme: 'dark', width: 360, scale: 1 },
  '320px': { scheme: 'light', width: 320, scale: 1 },
  '200percent': { scheme: 'light', width: 180, scale: 2 },
};
/** @type {Record<string, Mode>} */
const PAGE_MODES = {
  light: { scheme: 'light', width: 1180, scale: 1 },
  dark: { scheme: 'dark', width: 1180, scale: 1 },
  '320px': { scheme: 'light', width: 320, scale: 1 },
  '200percent': { scheme: 'light', width: 590, scale: 2 },
};
const HEIGHT = 725;

const wanted = process.argv[2] ?? '';
const states = readStates().filter(({ name }) => name.includes(wanted));
if (states.length === 0) throw new Error(`no state has a name with “${wanted}”`);
fs.mkdirSync(OUT, { recursive: true });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-looks-'));
const host = new ScriptedHost(folder, { readers: [] });
try {
  await saveAll(states.filter((state) => state.host === undefined), null);
  await saveAll(states.filter((state) => state.host !== undefined), host.manifest);
} finally {
  fs.rmSync(folder, { recursive: true });
}
process.stdout.write(`${states.length} states in ${path.relative(ROOT, OUT)}\n`);

/** Saves the screenshots of states in one browser. */
async function saveAll(some, manifest) {
  if (some.length === 0) return;
  const browser = await launch({ host: manifest });
  try {
    for (const state of some) await save(browser, state);
  } finally {
    await browser.close();
  }
}

async function save(browser, state) {
  const page = await open(browser, host, state);
  for (const [mode, look] of Object.entries(state.url ? PAGE_MODES : PANEL_MODES)) {
    await capture(page, look, path.join(OUT, `${state.name}.${mode}.png`));
  }
  await page.close();
}

async function capture(page, { scheme, width, scale }, file) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: HEIGHT });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', { width, height: HEIGHT, deviceScaleFactor: scale, mobile: false });
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  const { data } = await session.send('Page.captureScreenshot', { captureBeyondViewport: true, ...await clip(page, width) });
  fs.writeFileSync(file, Buffer.from(data, 'base64'));
  await session.detach();
}

/** The whole height of the page; of a page with an overlay, which stands in the window, only the window. */
async function clip(page, width) {
  const isOurs = page.url().startsWith('chrome-extension:');
  const height = isOurs ? await page.evaluate(() => document.documentElement.scrollHeight) : HEIGHT;
  return { clip: { x: 0, y: 0, width, height, scale: 1 } };
}
