// Fixture for tests of the panel with a card: one browser per file; after each test its cards are removed and the panel
// is closed.
import { after, afterEach, before, beforeEach } from 'node:test';
import { launch } from './browser.mjs';
import { until } from './until.mjs';
import { insertCard } from './virtual-card.mjs';

/**
 * Registers the hooks and returns the fixture.
 * @param {object} answers the default answers of the fake pinentry
 */
export function useVirtualCards(answers) {
  const fixture = {
    browser: undefined,
    cards: [],

    /** Inserts a card into the first reader. */
    insert(...options) {
      return this.insertInto(0, ...options);
    },

    /** Inserts a card into a reader. */
    async insertInto(reader, ...options) {
      const card = await insertCard(reader, ...options);
      this.cards.push(card);
      return card;
    },

    /** Inserts a card into the first reader and opens the panel. */
    async withCard(...options) {
      await this.insert(...options);
      return this.browser.openPanel();
    },
  };
  before(async () => { fixture.browser = await launch(); });
  after(() => fixture.browser?.close());
  beforeEach(() => fixture.browser.pinentry.answerWith(answers));
  afterEach(async () => {
    for (const card of fixture.cards.splice(0)) await card.remove();
    const { browser } = fixture;
    // An open panel would keep its state for the next test.
    if (await browser.panelIsOpen()) await browser.pressToolbarButton(browser.context.pages()[0]);
    await until('the closed panel', async () => !await browser.panelIsOpen());
  });
  return fixture;
}
