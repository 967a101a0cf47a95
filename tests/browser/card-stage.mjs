// What tests of the panel with a card share: one browser for a file, cards that are pulled out after each
// test, and a panel that is closed.
import { after, afterEach, before, beforeEach } from 'node:test';
import { launch } from './browser.mjs';
import { insertCard } from './card.mjs';
import { until } from './until.mjs';

/**
 * @param {object} answers what is typed into the host's window unless a test says otherwise
 */
export function cardStage(answers) {
  const stage = {
    browser: undefined,
    cards: [],

    /** Puts a card into the first reader. */
    insert(...options) {
      return this.insertInto(0, ...options);
    },

    /** Puts a card into a reader. */
    async insertInto(reader, ...options) {
      const card = await insertCard(reader, ...options);
      this.cards.push(card);
      return card;
    },

    /** Puts a card into the first reader and opens the panel. */
    async withCard(...options) {
      await this.insert(...options);
      return this.browser.openPanel();
    },
  };
  before(async () => { stage.browser = await launch(); });
  after(() => stage.browser?.close());
  beforeEach(() => stage.browser.typist.will(answers));
  afterEach(async () => {
    for (const card of stage.cards.splice(0)) await card.pullOut();
    const { browser } = stage;
    // A panel that is open still belongs to the test before.
    if (await browser.panelIsOpen()) await browser.pressToolbarButton(browser.context.pages()[0]);
    await until('the closed panel', async () => !await browser.panelIsOpen());
  });
  return stage;
}
