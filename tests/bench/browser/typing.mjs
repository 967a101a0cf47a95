// Measures what typing costs the page's main thread: its time per key in the address field of the form, with the extension
// and with one that does nothing while the user types. In time of the thread, which other load does not change.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION, launch } from '../../browser/browser.mjs';
import { row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const MINIMAL = path.join(path.dirname(fileURLToPath(import.meta.url)), 'minimal-extension');
const TEXT = 'Gül Cad. 5 Yıldız Mah. ';
/** Keys per measurement. */
const KEYS = 50;
const ROUNDS = 3;
/** Between two keys, in milliseconds: each is checked on its own. */
const DELAY = 120;

/** A browser with an extension that shows the form. */
export class TypingPage {
  static async open(extension) {
    const typing = new TypingPage();
    typing.browser = await launch({ extension, welcome: extension !== EXTENSION });
    typing.page = typing.browser.context.pages()[0];
    await typing.page.goto(FORM);
    typing.session = await typing.page.context().newCDPSession(typing.page);
    await typing.session.send('Performance.enable', { timeDomain: 'threadTicks' });
    typing.field = typing.page.locator('[name=adres]');
    await typing.field.pressSequentially(TEXT, { delay: DELAY });
    return typing;
  }

  /** Types and returns the time per key in milliseconds: of all tasks, of scripts, of layout and style. */
  async measure() {
    const before = await this.#metrics();
    const text = TEXT.repeat(Math.ceil(KEYS / TEXT.length)).slice(0, KEYS);
    await this.page.bringToFront();
    await this.field.pressSequentially(text, { delay: DELAY });
    const after = await this.#metrics();
    return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, 1000 * (value - before[name]) / KEYS]));
  }

  async #metrics() {
    const { metrics } = await this.session.send('Performance.getMetrics');
    const of = (...names) => names.map((name) => metrics.find((each) => each.name === name).value).reduce((sum, each) => sum + each);
    return { task: of('TaskDuration'), script: of('ScriptDuration'), layout: of('LayoutDuration', 'RecalcStyleDuration') };
  }
}

export async function typing() {
  const pages = [];
  const times = [[], []];
  try {
    for (const extension of [EXTENSION, MINIMAL]) pages.push(await TypingPage.open(extension));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, page] of pages.entries()) times[index].push((await page.measure()).task);
    }
    return [row({ name: 'typing', reference: 'an extension that does nothing at a key', bound: 4 }, ...times)];
  } finally {
    for (const page of pages) await page.browser.close();
  }
}
