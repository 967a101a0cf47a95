// The states of panel and overlay: every JSON file of this folder lists some. Screenshots of them are saved, and their
// words are measured.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PANEL } from '../browser.mjs';
import { Overlay } from '../overlay-reader.mjs';
import { Panel } from '../panel-page.mjs';
import { readerWithCard } from '../scripted-host.mjs';
import { until } from '../until.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * @typedef {object} State
 * @property {string} name the beginning of the names of its files; no two states have the same
 * @property {string} [page] a page of the extension, with its query; the panel by default
 * @property {string} [url] instead: a page of the test portal, on which the overlay is drawn
 * @property {object} [host] what the host reports, as `Script` in scripted-host.mjs; with `card` instead of `readers`,
 *   the arguments of `readerWithCard`. Absent: the host is not installed
 * @property {object} [saved] the saved state; days of a reminder are counted from today
 * @property {string} [lang] the user's language
 * @property {object[]} [steps] what the user does: one action each (`perform`)
 * @property {string} [wait] a text, or the selector of an id, that shows when the state is reached
 */

/** @returns {State[]} the states of all files */
export function readStates() {
  const files = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json')).sort();
  const states = files.flatMap((name) => JSON.parse(fs.readFileSync(FOLDER + name, 'utf8')));
  const names = states.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`two states have the name “${twice}”`);
  return states;
}

/** Returns the script of the host for a state. */
const script = ({ card, ...rest }) => (card ? { readers: [readerWithCard(card)], ...rest } : { readers: [], ...rest });

/** Returns the saved state of a state. */
function savedState({ reminder, ...rest } = {}) {
  if (reminder === undefined) return rest;
  const ends = new Date(Date.now() + 3 * 3_600_000 + reminder.ends * 86_400_000).toISOString().slice(0, 10);
  return { ...rest, reminder: { version: 1, ends, told: 7 } };
}

/**
 * Opens a state in a new tab.
 * @param {Awaited<ReturnType<typeof import('../browser.mjs').launch>>} browser whose host is this one, or none
 * @param {import('../scripted-host.mjs').ScriptedHost} host
 * @param {State} state
 * @returns {Promise<import('playwright-core').Page>}
 */
export async function open(browser, host, state) {
  const { name, url, page: file = 'index.html', lang = 'tr', steps = [], wait } = state;
  if (state.host) host.report(script(state.host));
  await browser.setSavedState(savedState(state.saved));
  await (await browser.worker()).evaluate((value) => chrome.storage.local.set({ lang: value }), lang);
  const page = await browser.context.newPage();
  try {
    await page.setViewportSize({ width: url ? 1180 : 360, height: 725 });
    await page.goto(url ?? new URL(file, PANEL).href);
    for (const step of steps) await perform(page, step);
    if (url) await waitForOverlay(page);
    else if (wait?.startsWith('#')) await page.locator(wait).waitFor();
    else if (wait) await new Panel(page).waitForText(wait);
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
  return page;
}

async function waitForOverlay(page) {
  const overlay = await Overlay.on(page);
  await until('the overlay', async () => (await overlay.nodes()).length > 0);
}

/** Does what a user does: one action of a state. */
async function perform(page, step) {
  const [[action, value]] = Object.entries(step);
  const actions = {
    press: () => page.getByRole('button', { name: value, exact: true }).click(),
    click: () => page.locator(value).click(),
    check: () => page.getByLabel(value, { exact: true }).check(),
    choose: () => new Panel(page).choose(value[0], value[1]),
    fill: () => page.locator(value[0]).first().fill(value[1]),
    wait: () => new Panel(page).waitForText(value),
  };
  if (!(action in actions)) throw new Error(`there is no step “${action}”`);
  await actions[action]();
}
