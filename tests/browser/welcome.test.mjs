// The welcome page: it leads from one missing part to the next, and detects each without a click.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityViolations } from './accessibility.mjs';
import { WELCOME, launch, registerHost } from './browser.mjs';
import { until } from './until.mjs';
import { insertCard } from './virtual-card.mjs';

test('host, reader and card are requested one after the other and detected without a click', async () => {
  const browser = await launch({ host: null, welcome: true });
  let card;
  try {
    const page = await browser.welcome();
    await page.waitForText('✗ Kart programı bu bilgisayarda kurulu değil');
    await page.waitForText('– Kart: bekliyor');
    assert.deepEqual(await accessibilityViolations(page.page), []);
    registerHost(browser.profile);
    await page.waitForText('✓ Kart programı: kurulu');
    await page.waitForText('✓ Kart okuyucu: Virtual PCD 00 00');
    await page.waitForText('✗ Okuyucuda kart yok.');
    card = await insertCard(0);
    await page.waitForText('✓ Kart: ÖRNEK İMZA SAHİBİ ĞÜŞIÇ');
    await page.waitForText('Her şey hazır.');
    assert.deepEqual(await accessibilityViolations(page.page), []);
    await page.press('English');
    await page.waitForText('All set.');
    await page.press('Open the panel');
    await until('the side panel', () => browser.panelIsOpen());
  } finally {
    await card?.remove();
    await browser.close();
  }
});

test('it opens once, after installation', async () => {
  const browser = await launch({ welcome: true });
  try {
    await browser.welcome();
    assert.equal(browser.context.pages().filter((page) => page.url() === WELCOME).length, 1);
  } finally {
    await browser.close();
  }
});
