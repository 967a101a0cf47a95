// Known and unknown pages, and pages that change.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { recordWorkerMessages } from './worker-messages.mjs';
import { drawsNothingOn } from './content-script.mjs';
import { until } from './until.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch();
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
after(() => browser?.close());

describe('recognised', () => {
  for (const [url, text] of [
    [FORM, 'Bu sayfa kart okuyucu satın almak içindir'],
    ['https://nesbireysel.kamusm.gov.tr/nb.go?ekran=menu', '“Kilit Çözme” düğmesine basın'],
    ['https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock', 'Java olmadan'],
    ['https://portal.kamusm.gov.tr/bp/ws.go', 'E-imza başvuru portalına giriş'],
    ['https://portal.kamusm.gov.tr/bp/ws.go?ekran=form', 'Bu form e-imza başvurunuzdur'],
    ['https://sanalpos.kamusm.gov.tr/index.jsf', 'Kamu SM’ye borcunuzu görür'],
    ['https://sanalpos.kamusm.gov.tr/index.xhtml', 'Kamu SM’ye borcunuzu görür'],
    ['https://onlineislemler.kamusm.gov.tr/landing', 'güncel işlem sayfası'],
  ]) {
    test(url, async () => {
      await page.goto(url);
      await overlay.waitForText(text);
    });
  }
});

describe('nothing is drawn on', () => {
  for (const url of [
    'https://ebasvuru.kamusm.gov.tr/hakkinda', // another page with the same fields
    'https://ebasvuru.kamusm.gov.tr/yok', // an error page
    'https://example.org/kartokuyucu', // the same page on another site
  ]) {
    test(url, async () => assert.ok(await drawsNothingOn(browser, page, url)));
  }
});

test('hints follow navigation within the page', async () => {
  assert.ok(await drawsNothingOn(browser, page, 'https://ebasvuru.kamusm.gov.tr/hakkinda'));
  await page.evaluate(() => {
    history.pushState({}, '', '/kartokuyucu');
    document.querySelector('h1').textContent = 'Kart Okuyucu Müşteri Başvurusu';
  });
  await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
  await page.evaluate(() => { document.querySelector('h1').textContent = 'Sistem bakımda'; document.title = ''; });
  await until('the empty overlay', async () => (await overlay.nodes()).length === 0);
});

test('a change of the address alone is detected', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
  await page.evaluate(() => history.pushState({}, '', '/hakkinda'));
  await until('the empty overlay', async () => (await overlay.nodes()).length === 0);
  await page.evaluate(() => history.pushState({}, '', '/kartokuyucu'));
  await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
});

test('fields may be named like DOM properties', async () => {
  await page.goto(FORM);
  await page.evaluate(() => {
    const names = [
      'checkVisibility', 'childNodes', 'closest', 'firstChild', 'getAttribute', 'getBoundingClientRect', 'hasAttribute', 'localName',
      'matches', 'nextSibling', 'nodeType', 'parentElement', 'previousSibling', 'querySelector', 'tagName',
    ];
    for (const name of names) document.forms[0].insertAdjacentHTML('beforeend', `<input type="hidden" name="${name}">`);
    // Makes the content script read the form in every way: name, text, and as a node before a field.
    document.forms[0].setAttribute('role', 'button');
    document.forms[0].insertAdjacentHTML('afterend', '<input name="sonra">');
  });
  await page.locator('[name=adres]').pressSequentially('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
});

test('a page rewritten by document.open is read again', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
  await page.evaluate(() => {
    const text = '<h1>Kart Okuyucu Müşteri Başvurusu</h1><label>Adres <textarea name="adres"></textarea></label>';
    document.open();
    document.write(text);
    document.close();
  });
  await page.locator('[name=adres]').pressSequentially('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
});

test('nested headings do not block the page', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  await page.evaluate(() => {
    let parent = document.querySelector('main');
    for (let depth = 0; depth < 60; depth += 1) {
      parent = parent.appendChild(document.createElement('div'));
      parent.setAttribute('role', 'heading');
    }
    for (let count = 0; count < 8000; count += 1) parent.append(document.createElement('i'));
  });
  await page.locator('[name=adres]').pressSequentially('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
});

test('the corner panel can be folded and stays folded on the next page', async () => {
  await page.goto(FORM);
  await overlay.press('Küçült');
  await overlay.waitForCount(1, 'corner-tab');
  await page.goto('https://sanalpos.kamusm.gov.tr/index.jsf');
  await overlay.waitForCount(1, 'corner-tab');
  await overlay.press('e-İmza Yardımcısı’nı aç');
  await overlay.waitForText('Kamu SM’ye borcunuzu görür');
});

test('a removed overlay is restored, but not forever', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  await page.evaluate(() => document.querySelector('[data-eimza-yardimcisi]').remove());
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  const returns = await page.evaluate(() => new Promise((resolve) => {
    let count = 0;
    const removeFrame = () => {
      const host = document.querySelector('[data-eimza-yardimcisi]');
      if (!host) return resolve(count);
      host.remove();
      count += 1;
      return requestAnimationFrame(removeFrame);
    };
    removeFrame();
  }));
  assert.ok(returns > 1 && returns < 100, String(returns));
});

test('the overlay returns each time the page replaces its body', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  const isBack = () => page.evaluate(() => document.querySelector('body > [data-eimza-yardimcisi]') !== null);
  for (let visit = 1; visit <= 25; visit += 1) {
    await page.evaluate(() => {
      const body = document.body.cloneNode(true);
      body.querySelector('[data-eimza-yardimcisi]').remove();
      document.body.replaceWith(body);
    });
    await until(`the overlay in body ${visit}`, isBack);
  }
});

test('the overlay returns each time the page replaces its content after a press', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  await page.evaluate(() => document.addEventListener('click', () => {
    const body = document.body.cloneNode(true);
    body.querySelector('[data-eimza-yardimcisi]').remove();
    document.body.replaceChildren(...body.childNodes);
  }));
  for (let visit = 1; visit <= 25; visit += 1) {
    await page.locator('h1').click();
    await until(`the overlay at visit ${visit}`, () => page.evaluate(() => document.querySelector('[data-eimza-yardimcisi]') !== null));
  }
});

test('the overlay stays usable however often the page makes everything beside a dialog inert', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  for (let dialog = 1; dialog <= 25; dialog += 1) {
    const isInert = await page.evaluate(async () => {
      const host = document.querySelector('[data-eimza-yardimcisi]');
      host.inert = true;
      host.ariaHidden = 'true';
      await new Promise(requestAnimationFrame);
      return host.matches('[inert], [aria-hidden]');
    });
    assert.ok(!isInert, `dialog ${dialog}`);
  }
});

test('a page with a label of a megabyte is answered, with a bounded snapshot', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  await page.evaluate(() => {
    document.querySelector('label[for=il]').textContent = 'İl <script>alert(1)</script> '.repeat(40_000);
  });
  const field = page.locator('[name=adres]');
  await field.pressSequentially('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
  const longest = Math.max(...(await workerMessages()).map((message) => JSON.stringify(message).length));
  assert.ok(longest < 300_000, String(longest));
});

test('the page’s own nodes are unchanged', async () => {
  await page.goto(FORM);
  const body = () => page.evaluate(() => document.body.outerHTML + document.head.outerHTML);
  const before = await body();
  await page.locator('[name=adres]').pressSequentially('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
  assert.equal(await body(), before);
});

test('the user’s language applies at once, independent of the browser’s', async () => {
  await page.goto(FORM);
  await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
  const worker = await browser.worker();
  await worker.evaluate(() => chrome.storage.local.set({ lang: 'en' }));
  await overlay.waitForText('On this page you buy a card reader');
  await worker.evaluate(() => chrome.storage.local.set({ lang: 'tr' }));
  await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
});
