// Accessibility of the panel and the printed pages: keyboard, screen reader, light and dark, narrow and enlarged.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accessibilityViolations } from './accessibility.mjs';
import { PANEL, launch } from './browser.mjs';
import { Panel } from './panel-page.mjs';
import { FULL_PROFILE_FILE } from './institution-profiles.mjs';
import { until } from './until.mjs';

/** A panel's usual width, the narrowest of WCAG 1.4.10, and 360 px at 200 %. */
const WIDTHS = [360, 320, 180];
const VIEWS = {
  home: async () => {},
  'who are you': (page) => page.locator('#open-renewal').click(),
  renewal: async (page) => {
    await page.locator('#open-renewal').click();
    await page.getByLabel('Aile hekimi').check();
    await page.locator('#tick-pay').check();
    await page.locator('#institution').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('#unfold-pay').click();
    await page.locator('#unfold-deliver').click();
  },
  'a transfer': async (page) => {
    await page.locator('#open-renewal').click();
    await page.getByLabel('Aile hekimi').check();
    await page.locator('#institution').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('#payer-name').fill('Deneme');
    await page.locator('#payer-number').fill('10000000147');
    await page.locator('.composer').getByText('eksik ya da yanlış').waitFor();
  },
  'a file that is refused': async (page) => {
    await toInstitution(page);
    await new Panel(page).chooseFile('#institution-file', broken);
    await page.getByText('Dosya yüklenmedi').waitFor();
  },
  'a file that waits': async (page) => {
    await toInstitution(page);
    await new Panel(page).chooseFile('#institution-file', FULL_PROFILE_FILE);
    await page.getByText('Bu kurum bilgileri kaydedilsin mi?').waitFor();
  },
  'an old edition': async (page) => {
    await page.locator('#open-unlock').click();
    await page.locator('#sources > summary').click();
    await page.locator('#edition').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('#unfold-java').click();
  },
  'start again': async (page) => {
    await page.locator('#open-lost').click();
    await page.locator('#start-again').click();
  },
};

/** A file that is no profile. */
const broken = fileURLToPath(import.meta.url);

async function toInstitution(page) {
  await page.locator('#open-renewal').click();
  await page.getByLabel('Aile hekimliği dışındaki personel').click();
}

let browser;
let page;
before(async () => { browser = await launch({ host: null }); });
after(() => browser?.close());
beforeEach(async () => {
  await (await browser.worker()).evaluate(() => chrome.storage.local.clear());
  await page?.close();
  // In a tab the same page can be given any width.
  page = await browser.context.newPage();
  await page.goto(PANEL);
  await page.getByText('kurulu değil').waitFor();
});

const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

for (const [name, open] of Object.entries(VIEWS)) {
  describe(name, () => {
    for (const colorScheme of ['light', 'dark']) {
      test(`no violations in ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme });
        await open(page);
        assert.deepEqual(await accessibilityViolations(page), []);
      });
    }

    for (const width of WIDTHS) {
      test(`nothing is clipped at ${width} px`, async () => {
        await page.setViewportSize({ width, height: 640 });
        await open(page);
        const over = await page.evaluate(() => [...document.querySelectorAll('body *:not(.hidden, option)')]
          .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((element) => element.outerHTML.slice(0, 80)));
        assert.deepEqual(over, []);
      });
    }

    test('every control is large enough to press', async () => {
      await open(page);
      const small = await page.evaluate(() => [...document.querySelectorAll('button, a, select, input, textarea')]
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect();
          return width < 24 || height < 24;
        }).map((element) => element.outerHTML.slice(0, 80)));
      assert.deepEqual(small, []);
    });
  });
}

test('the printed checklist has no violations', async () => {
  await browser.setSavedState({ role: 'family-physician', institution: 'mersin' });
  for (const procedure of ['first-application', 'renewal', 'lost', 'card-reader', 'unlock']) {
    await page.goto(new URL(`list.html?islem=${procedure}`, PANEL).href);
    await page.locator('.steps > li').first().waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await accessibilityViolations(page), [], procedure);
    }
  }
});

test('the transfer sheet has no violations', async () => {
  await page.goto(new URL('transfer.html', PANEL).href);
  await page.getByText('Burada gösterilecek ödeme bilgisi yok').waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await accessibilityViolations(page), []);
  }
});

describe('by keyboard alone', () => {
  /** Tabs until a control has the focus. */
  async function tabTo(id) {
    for (let count = 0; count < 60; count += 1) {
      if (await focused() === id) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${id} is not reachable`);
  }

  test('opening, ticking and leaving a procedure never loses the focus', async () => {
    await tabTo('open-lost');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'step', 'the new view’s heading');
    await tabTo('tick-call');
    await page.keyboard.press('Space');
    await until('the tick', () => page.locator('#tick-call').isChecked());
    assert.equal(await focused(), 'tick-call');
    await tabTo('unfold-call');
    await page.keyboard.press('Enter');
    await until('the telephone number', async () => (await page.locator('.steps > li').first().innerText()).includes('444\u00a05\u00a0576'));
    assert.equal(await focused(), 'unfold-call');
    await tabTo('start-again');
    await page.keyboard.press('Enter');
    await until('the focus on the button that changes nothing', async () => (await focused()) === 'start-again-not');
    await page.locator('#home').focus();
    await page.keyboard.press('Enter');
    assert.notEqual(await focused(), 'BODY');
  });

  test('ticks set by screens do not move the focus', async () => {
    await page.locator('#open-renewal').click();
    await page.getByLabel('Aile hekimliği dışındaki personel').click();
    await page.locator('#unfold-print').focus();
    const before = await page.evaluate(() => {
      globalThis.focusedBefore = document.activeElement;
      return document.activeElement.getBoundingClientRect().top;
    });
    await (await browser.worker()).evaluate(() => chrome.storage.local.get('notebook').then(({ notebook }) => {
      notebook.procedures.renewal = { seen: ['enter'] };
      return chrome.storage.local.set({ notebook });
    }));
    await until('the tick', () => page.locator('#tick-enter').isChecked());
    assert.ok(await page.evaluate(() => document.activeElement === globalThis.focusedBefore), 'the focus stays in the same element');
    const moved = await page.evaluate(() => document.activeElement.getBoundingClientRect().top) - before;
    assert.ok(Math.abs(moved) < 24, `less than a line: ${moved} px`);
  });
});

test('changes are announced in a persistent live region', async () => {
  await page.locator('#open-lost').click();
  await page.evaluate(() => { globalThis.region = document.getElementById('live'); });
  await page.locator('#tick-call').check();
  await until('the announcement', () => page.evaluate(() => globalThis.region.isConnected && globalThis.region.textContent.includes('1 / 10')));
});

test('missing parts of the description are announced on blur, and the caret stays', async () => {
  await VIEWS['a transfer'](page);
  await page.locator('#payer-number').blur();
  await until('the missing parts', async () => /eksik ya da yanlış: .*Soyad/.test(await page.locator('#live').innerText()));
  await page.locator('#payer-surname').fill('Kişi');
  const number = page.locator('#payer-number');
  await number.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('6');
  await page.keyboard.press('Shift+Tab');
  await until('the complete description', async () => (await page.locator('#live').innerText()).includes('bilgilerin tümü açıklamada var'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  await page.keyboard.press('9');
  assert.equal(await number.inputValue(), '910000000146');
  assert.equal(await number.evaluate((field) => field.selectionStart), 1);
  assert.equal(await focused(), 'payer-number');
});
