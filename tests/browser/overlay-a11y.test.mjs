// Accessibility of the overlay. Tools cannot look into a closed shadow root, so the same modules draw into an open one
// here, on a page of the test's own.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessibilityViolations } from './accessibility.mjs';
import { rollup } from 'rollup';
import { choosePackage, choosePlatform, importData } from '../../rollup.config.js';
import { ROOT, launch } from './browser.mjs';

/** The overlay's modules, bundled as a script that defines a global `overlay`. */
const ENTRY = 'overlay-entry';
const bundle = await rollup({
  input: ENTRY,
  plugins: [choosePlatform, choosePackage, importData, {
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) => (id === ENTRY ? ['host', 'corner-panel', 'hint-cards', 'layout']
      .map((name) => `export * from ${JSON.stringify(path.join(ROOT, `extension/content/overlay/${name}.js`))};`).join('\n') : null),
  }],
});
const { output: [{ code: OVERLAY }] } = await bundle.generate({ format: 'iife', name: 'overlay' });

const PAGE = `<!doctype html><html lang="tr"><head><title>Deneme</title><meta name="viewport" content="width=device-width"></head>
  <body style="margin: 0; background: Canvas; color: CanvasText"><main style="padding: 16px"><h1>Form</h1><form>
  <p><label>Adres <textarea name="adres">Gül Mah. No:5</textarea></label></p>
  <p><label>GSM <input name="gsm"></label></p>
  <p><label>Kapalı <input name="kapali" readonly value="Lale Sok."></label></p>
  <p><button type="button" name="gonder">Gönder</button></p></form></main></body></html>`;

/** One hint of every kind, by the name of its field. */
const HINTS = {
  adres: [
    { id: 'address.rule', severity: 'info', text: 'Adreste hiçbir kısaltma kullanılmaz.', fixes: [] },
    { id: 'a', severity: 'error', text: 'Bu formda kısaltma yazılmaz.', fixes: [{ start: 4, end: 8, text: 'Mahallesi' }, { start: 4, end: 8, text: 'Mahalle' }] },
    { id: 'b', severity: 'advice', text: '“No” de bir kısaltma sayılır.', fixes: [{ start: 9, end: 11, text: 'Numara' }] },
  ],
  gsm: [{ id: 'c', severity: 'info', text: 'Onay kodu bu telefona gelir.', fixes: [], quiet: true }],
  kapali: [{ id: 'd', severity: 'advice', text: 'Kısaltma.', fixes: [{ start: 5, end: 9, text: 'Sokak' }] }],
  gonder: [{ id: 'e', severity: 'info', text: 'Son adım.', fixes: [], action: 'open-panel', actionText: 'Yan paneli aç' }],
};
const ANSWER = {
  page: 'deneme', screen: 'deneme',
  texts: { product: 'e-İmza Yardımcısı', fold: 'Küçült', unfold: 'e-İmza Yardımcısı’nı aç', fixAll: 'Tümünü düzelt', copy: 'Kopyala', copied: 'Kopyalandı', dismiss: 'Olduğu gibi bırak', findings: 'Bulgu', tip: 'İpucu', keys: 'Esc ile çıkılır.' },
  hints: [
    { id: 'f', anchor: null, severity: 'info', text: 'Bu sayfa bir denemedir.', fixes: [] },
    { id: 'g', anchor: null, severity: 'advice', text: 'Dikkat edilecek bir şey.', fixes: [], action: 'open-guide', actionText: 'İşlem adımlarını göster' },
  ],
  guide: { text: 'Yenileme, adım 2 / 7: Başvuru formunu doldurun', actionText: 'İşlem adımlarını göster' },
};

let browser;
let page;
before(async () => {
  browser = await launch({ host: null });
  page = await browser.context.newPage();
});
after(() => browser?.close());

/** Draws everything, with the card of one field open. */
async function draw({ width = 1180, colorScheme = 'light', forcedColors = 'none', folded = false, open = 'adres' } = {}) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, forcedColors });
  await page.goto('about:blank');
  await page.setContent(PAGE);
  await page.evaluate((isFolded) => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function open() { return attach.call(this, { mode: 'open' }); };
    globalThis.chrome = { runtime: { sendMessage: async ({ type }) => type === 'getFolded' && isFolded } };
  }, folded);
  await page.addScriptTag({ content: OVERLAY });
  await page.evaluate(async ({ answer, hints, opened }) => {
    await overlay.loadFoldedState();
    overlay.showOverlay();
    overlay.setCornerContent(answer, () => {});
    for (const [name, ofField] of Object.entries(hints)) {
      const field = document.querySelector(`[name=${name}]`);
      const events = { fix() {}, dismiss() {}, act() {} };
      overlay.setHints(field, ofField, field.value ?? '', answer.texts, events);
    }
    overlay.openCard(document.querySelector(`[name=${opened}]`));
    await overlay.layOut();
    overlay.announce('Bir bulgu');
  }, { answer: ANSWER, hints: HINTS, opened: open });
}

const controls = () => page.evaluate(() => [...overlay.overlayRoot.querySelectorAll('button')]
  .filter((button) => button.checkVisibility({ visibilityProperty: true }))
  .map((button) => ({ name: button.ariaLabel || button.textContent, ...button.getBoundingClientRect().toJSON() })));

for (const colorScheme of ['light', 'dark']) {
  for (const folded of [false, true]) {
    for (const width of [1180, 320]) {
      test(`has no violations in ${colorScheme}, ${folded ? 'folded' : 'unfolded'}, at ${width} px`, async () => {
        for (const open of Object.keys(HINTS)) {
          await draw({ width, colorScheme, folded, open });
          assert.deepEqual(await accessibilityViolations(page, '[data-eimza-yardimcisi]'), [], open);
        }
      });
    }
  }
}

describe('every control', () => {
  for (const width of [1180, 320]) {
    test(`has a name, is large enough and inside the window at ${width} px`, async () => {
      await draw({ width });
      const all = await controls();
      assert.ok(all.length >= 6);
      for (const { name, width: wide, height, left, right } of all) {
        assert.ok(name.trim() !== '');
        assert.ok(wide >= 24 && height >= 24, `${name}: ${wide} × ${height}`);
        assert.ok(left >= 0 && right <= width, `${name}: ${left}–${right}`);
      }
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      assert.ok(!scrolls);
    });
  }

  test('shows the keyboard focus', async () => {
    await draw();
    await page.locator('[name=gonder]').focus();
    for (const _ of await controls()) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => {
        const focused = overlay.overlayRoot.activeElement;
        return focused && getComputedStyle(focused).outlineStyle;
      });
      if (outline === null) break; // out of the page again
      assert.equal(outline, 'solid');
    }
  });

  test('keeps its border in forced colors mode', async () => {
    await draw({ forcedColors: 'active' });
    const without = await page.evaluate(() => [...overlay.overlayRoot.querySelectorAll('button, .card, .corner')]
      .filter((element) => getComputedStyle(element).borderBlockStartWidth === '0px')
      .map((element) => element.className));
    assert.deepEqual(without, []);
  });
});
