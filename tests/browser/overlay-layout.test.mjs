// Nothing drawn covers the focused field, and the focus is never stolen or lost.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { contentScriptOf } from './content-script.mjs';
import { assertCoversNothing } from './covers-nothing.mjs';
import { until } from './until.mjs';

const PAGES = [
  'https://ebasvuru.kamusm.gov.tr/kartokuyucu',
  'https://portal.kamusm.gov.tr/bp/ws.go',
  'https://portal.kamusm.gov.tr/bp/ws.go?ekran=form',
  'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=login',
];
const FIELDS = 'input:not([type=submit], [type=hidden]), textarea, select';
/** CSS pixels of the window, and how the page itself is zoomed. 590 px are 1180 px at 200 %. */
const WINDOWS = [
  { width: 1180, height: 860, zoom: 1 },
  { width: 590, height: 430, zoom: 1 },
  { width: 320, height: 640, zoom: 1 },
  { width: 1180, height: 860, zoom: 2 },
];

let browser;
let page;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  await page.goto(PAGES[0]);
  await (await browser.worker()).evaluate(() => chrome.storage.local.set({ overlayFolded: false }));
});
after(() => browser?.close());

/** Returns the classes of the overlay elements that cover the focused field, once the overlay is up to date. */
async function elementsOverField(run) {
  await run('chrome.runtime.sendMessage({ type: "advise", snapshot: takeSnapshot() })'
    + '.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))');
  return run(`[...overlayRoot.querySelectorAll('.corner, .corner-tab, .card, .badge')]
    .filter((drawn) => drawn.checkVisibility({ visibilityProperty: true }))
    .filter((drawn) => boxesOverlap(drawn.getBoundingClientRect(), document.activeElement.getBoundingClientRect()))
    .map((drawn) => drawn.className)`);
}

for (const { width, height, zoom } of WINDOWS) {
  describe(`${width} × ${height}, zoom ${zoom}`, () => {
    for (const url of PAGES) {
      test(url, async () => {
        await page.setViewportSize({ width, height });
        await page.goto(url);
        if (zoom !== 1) await page.evaluate((by) => { document.documentElement.style.zoom = by; }, zoom);
        const overlay = await Overlay.on(page);
        await until('the corner panel or its chip', async () => (await overlay.textsOf('corner')).length + (await overlay.textsOf('corner-tab')).length === 1);
        const run = await contentScriptOf(page);
        const fields = await page.locator(FIELDS).all();
        for (const field of fields) {
          await field.focus();
          if (await field.isEditable() && await field.getAttribute('name') === 'adres') await field.fill('Gül Mah. Lale Sok. No:5');
          assert.deepEqual(await elementsOverField(run), [], await field.getAttribute('name'));
          await assertCoversNothing(run, await field.getAttribute('name'));
          assert.ok(await field.evaluate((element) => document.activeElement === element), 'the field keeps the focus');
        }
        await page.evaluate(() => document.activeElement.blur());
        await until('the corner panel again', () => run("overlayRoot.querySelector('.corner, .corner-tab') !== null"));
      });
    }
  });
}

test('one card is open at a time', async () => {
  await page.setViewportSize({ width: 1180, height: 860 });
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await browser.setSavedState({ role: 'family-physician', current: 'renewal' });
  const overlay = await Overlay.on(page);
  await overlay.waitForText('Yenileme, adım 3');
  assert.deepEqual(await overlay.textsOf('card'), []);
  for (const name of ['kartOkuyucuTipi', 'gsm', 'guvenlikSozcugu']) {
    await page.locator(`[name=${name}]`).focus();
    await overlay.waitForCount(1, 'card');
  }
  await overlay.pressBadge();
  await overlay.waitForCount(1, 'card');
});

describe('by keyboard', () => {
  test('Escape folds a card, which stays folded, and returns the focus to its field', async () => {
    await page.goto(PAGES[0]);
    const overlay = await Overlay.on(page);
    const field = page.locator('[name=adres]');
    await field.fill('Gül Cad. 5');
    await overlay.waitForCount(1, 'finding');
    const run = await contentScriptOf(page);
    await run("overlayRoot.querySelector('.card button').focus()");
    assert.ok(await run('overlayHasFocus()'));
    await page.keyboard.press('Escape');
    await overlay.waitForCount(0, 'finding');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'adres');
    await page.locator('[name=ilce]').focus();
    await field.focus();
    await field.press('End');
    await field.pressSequentially(' Lale Sok.');
    await until('the badge', async () => (await overlay.textsOf('badge')).includes('2'));
    await overlay.waitForCount(0, 'finding');
  });

  test('the focus survives redrawing and is never lost', async () => {
    await page.goto(PAGES[0]);
    const overlay = await Overlay.on(page);
    await page.locator('[name=adres]').fill('Gül No:5 Kat 2');
    await overlay.waitForCount(1, 'finding');
    const run = await contentScriptOf(page);
    const focused = () => run('overlayRoot.activeElement?.className ?? document.activeElement.tagName');
    await run("overlayRoot.querySelector('.fold-card').focus()");
    await page.keyboard.press('Enter');
    await until('the focus on the badge', async () => /badge/.test(await focused()));
    await page.keyboard.press('Enter');
    await overlay.waitForCount(1, 'finding');
    assert.notEqual(await focused(), 'BODY');
    await run("overlayRoot.querySelector('.corner-tab').focus()"); // the card stands in the place of the panel
    await page.keyboard.press('Enter');
    await overlay.waitForCount(1, 'corner');
    await run("overlayRoot.querySelector('.corner button').focus()");
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'corner-tab');
    await page.keyboard.press('Enter');
    await overlay.waitForCount(1, 'corner');
    assert.notEqual(await focused(), 'BODY');
  });
});

test('findings while typing are announced once, in a persistent live region', async () => {
  await page.goto(PAGES[0]);
  const overlay = await Overlay.on(page);
  const field = page.locator('[name=adres]');
  const run = await contentScriptOf(page);
  await field.focus();
  await overlay.waitForText('Adreste hiçbir kısaltma kullanılmaz');
  const announcement = () => run("overlayRoot.querySelector('[role=status]').textContent");
  assert.equal(await announcement(), '', 'a rule is not announced');
  await run(`globalThis.region = overlayRoot.querySelector('[role=status]'); globalThis.times = 0;
    new MutationObserver((records) => { times += records.length; }).observe(region, { childList: true, characterData: true, subtree: true });`);
  await field.fill('Gül Cad. 5 Yenişehir');
  await until('the finding', async () => await announcement() === 'Caddesi: Bu formda kısaltma yazılmaz.');
  const times = await run('times');
  await field.fill('Lale Gül Cad. 5 Yenişehir');
  await until('the underline under its word', () => run("overlayRoot.querySelector('.mirror-text').textContent.startsWith('Lale')"));
  assert.ok(await run('region.isConnected'));
  assert.equal(await run('times'), times, 'the same finding is not announced again');
  await field.fill('');
  await until('the empty live region', async () => await announcement() === '');
});
