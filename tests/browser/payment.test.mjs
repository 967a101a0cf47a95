// Payments: prices that the user saw, debts, and the transfer to the institution.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { until } from './until.mjs';

const LIST = '//www.kamusm.gov.tr/urunler/nitelikli_elektronik_sertifika/fiyatlandirma.jsp';
const DEBT = 'https://sanalpos.kamusm.gov.tr/index.xhtml?ekran=borc';
const NONE = 'https://sanalpos.kamusm.gov.tr/index.xhtml?ekran=yok';

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  overlay = await Overlay.on(page);
});
after(() => browser?.close());
beforeEach(async () => {
  await closePanel();
  await page.goto('about:blank'); // a page with prices would record them again
  await (await browser.worker()).evaluate(() => chrome.storage.local.clear());
});

async function closePanel() {
  if (!await browser.panelIsOpen()) return;
  await browser.pressToolbarButton(page);
  await until('the closed panel', async () => !await browser.panelIsOpen());
}

const storage = async () => (await browser.worker()).evaluate(() => chrome.storage.local.get());
const remember = (state) => browser.setSavedState(state);
const today = () => new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10);

/** Returns the stored price of a product, read this many days ago. */
function price(amount, days = 0, address = `https:${LIST}`) {
  const read = new Date(Date.now() + 3 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
  return { amount, read, address };
}

async function open(procedure, role) {
  const panel = await browser.openPanel();
  await panel.press(procedure);
  if (role) await panel.chooseRole(role);
  await panel.waitForText('Adımlar');
  return panel;
}

describe('prices', () => {
  test('are read from the list that the user visits, and stored with day and address', async () => {
    await page.goto(`https:${LIST}?kim=x`);
    await overlay.waitForText('3 yıllık NES 600,00 TL');
    await until('the stored prices', async () => (await storage()).notebook?.prices !== undefined);
    const { prices } = (await storage()).notebook;
    assert.deepEqual(prices['nes-3'], { amount: '600,00', read: today(), address: `https:${LIST}` });
    assert.equal(prices['mini-reader'].amount, '300,00');
    assert.doesNotMatch(await overlay.text(), /güvenli bağlantıyla/);
  });

  test('are unverified when read over http, and old after ninety days', async () => {
    await page.goto(`http:${LIST}`);
    await overlay.waitForText('Bu sayfa güvenli bağlantıyla (https) açılmadı');
    await until('the stored prices', async () => (await storage()).notebook?.prices !== undefined);
    let panel = await open('Kart okuyucu alma');
    await panel.page.locator('#unfold-pay').click();
    await panel.waitForText('Kamu SM’ye ödenecek: Mini kart okuyucu 300,00 TL');
    await panel.waitForText('güvenli olmayan (http) bir sayfadan alındı');
    await closePanel();
    await remember({ prices: { 'mini-reader': price('250,00', 91) } });
    panel = await open('Kart okuyucu alma');
    await panel.page.locator('#unfold-pay').click();
    await panel.waitForText('Bu fiyat 90 günden eski');
    assert.doesNotMatch(await panel.text(), /doğrulanmadı/);
  });

  test('are unknown until the user has seen them', async () => {
    const panel = await open('İlk başvuru', 'Aile hekimi');
    await panel.waitForText('Kurumunuza ödenecek: 3 yıllık NES (tutarı bilinmiyor) + Mini kart okuyucu (tutarı bilinmiyor)');
    await panel.waitForText('Tutarı öğrenmek için Kamu SM’nin fiyat listesini açın');
  });

  test('show what the user pays in this procedure, on the page and in the panel', async () => {
    const prices = { 'nes-3': price('780,00'), 'mini-reader': price('300,00') };
    for (const [procedure, role, sum] of [
      ['first-application', 'family-physician', '900,00 TL'], ['renewal', 'family-physician', '600,00 TL'],
      ['first-application', 'other-staff', null], ['lost', 'other-staff', '600,00 TL'],
    ]) {
      await remember({ current: procedure, role, prices });
      await page.goto(`https:${LIST}`);
      await overlay.waitForText('Bu sayfadan okundu');
      if (sum) await overlay.waitForText(`Seçtiğiniz işlem için ödeyeceğiniz: ${sum}.`);
      else assert.doesNotMatch(await overlay.text(), /ödeyeceğiniz:/);
    }
    const panel = await open('İlk başvuru', 'Aile hekimliği dışındaki personel');
    await panel.waitForText('Bu işlemde sizden ödeme istenmez.');
    assert.doesNotMatch(await panel.text(), /ödenecek/);
  });
});

describe('what to pay and to whom', () => {
  const TOP = { width: 360, height: 725 };

  test('is in the first screen of the payment step, one click from the top of the panel', async () => {
    await remember({ role: 'family-physician', institution: 'mersin', current: 'renewal', prices: { 'nes-3': price('780,00') } });
    const panel = await browser.openPanel();
    await panel.page.setViewportSize(TOP);
    await panel.page.locator('#resume').click();
    for (const text of ['780,00 TL', 'Mersin İl Sağlık Müdürlüğü', 'TR41 0001 2009 5940 0005 0000 47', '0324 337 34 99']) {
      const value = panel.page.locator('dl.transfer dd').filter({ hasText: text });
      await until(`${text} without scrolling`, async () => {
        const box = await value.boundingBox();
        return box !== null && box.y >= 0 && box.y + box.height <= TOP.height;
      });
    }
  });

  test('is asked of the unit while no institution is chosen, and the description is composed by the guide', async () => {
    await remember({ role: 'family-physician', current: 'renewal' });
    const panel = await browser.openPanel();
    await panel.page.locator('#resume').click();
    await panel.waitForText('e-imza birimine sorun:');
    await panel.waitForText('Bu metin kılavuzdandır');
    assert.doesNotMatch(await panel.text(), /TR\d\d/);
    await panel.page.locator('#payer-name').fill('Deneme');
    await panel.page.locator('#payer-surname').fill('Kişi');
    await panel.page.locator('#payer-number').fill('10000000146');
    await until('the description', async () => await panel.page.locator('#transfer-text').inputValue() === 'Deneme Kişi 10000000146 3 Yıllık NES bedeli');
    await panel.waitForText('bilgilerin tümü açıklamada var');
  });

  test('has one verdict: nothing is green while something is left to ask', async () => {
    await remember({ role: 'family-physician', institution: 'mersin', current: 'renewal', prices: { 'nes-3': price('780,00', 91) } });
    const panel = await browser.openPanel();
    await panel.page.locator('#resume').click();
    await panel.page.locator('#payer-name').fill('Deneme');
    await panel.page.locator('#payer-surname').fill('Kişi');
    await panel.page.locator('#payer-number').fill('10000000146');
    await panel.waitForText('bilgilerin tümü açıklamada var. Yatırmadan önce:');
    await panel.waitForText('Bu fiyat 90 günden eski');
    assert.equal(await panel.page.locator('#step-pay .verdict').count(), 1);
    assert.equal(await panel.page.locator('#step-pay .success').count(), 0);
  });

  test('goes with a cover letter that prints on one page, with blanks for the sender', async () => {
    await remember({ role: 'family-physician', institution: 'mersin', current: 'renewal', procedures: { renewal: { hand: { pay: true, enter: true, fill: true, sign: true, print: true } } } });
    const panel = await browser.openPanel();
    await panel.page.locator('#resume').click();
    const address = await panel.page.locator('#letter-deliver').getAttribute('href');
    const letter = await browser.context.newPage();
    await letter.goto(new URL(address, panel.page.url()).href);
    await letter.getByRole('heading', { name: 'Üst yazı' }).waitFor();
    const text = await letter.locator('article').innerText();
    for (const line of ['Mersin', 'Yenileme', 'İmzalı başvuru formu', 'Ödeme dekontu (aslı)']) assert.ok(text.includes(line), line);
    assert.equal(await letter.locator('.blank').count(), 6);
    const pdf = (await letter.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 1);
    await letter.close();
  });
});

describe('a debt', () => {
  const lost = (amount, days, address) => remember({ current: 'lost', prices: { 'nes-3': price(amount, days, address) } });

  test('is compared with the procedure’s costs', async () => {
    await lost('780,00');
    await page.goto(DEBT);
    await overlay.waitForText('Görünen borç 780,00 TL: işleminiz için beklenen tutar bu.');
    await lost('600,00');
    await overlay.waitForText('göre 600,00 TL bekleniyordu');
    await lost('600,00', 100);
    await overlay.waitForText('eskimiş ya da doğrulanmamış');
    await remember({ current: 'lost' });
    await overlay.waitForText('Karşılaştırabilmek için önce Kamu SM’nin fiyat listesini açın');
  });

  test('is compared again when the saved state changes during a request', async () => {
    await lost('780,00');
    await page.goto(DEBT);
    await overlay.waitForText('işleminiz için beklenen tutar bu.');
    // Nothing is left to record, so no later write of the worker causes another request.
    const { prices, ...recorded } = await until('the debt recorded', async () => {
      const { notebook: state } = await storage();
      return state.procedures?.lost?.seen.includes('debt') && state;
    });
    assert.ok(prices);
    const worker = await browser.worker();
    await worker.evaluate(() => {
      const { local } = chrome.storage;
      const get = local.get.bind(local);
      globalThis.held = 0;
      const released = new Promise((resolve) => { globalThis.release = () => { local.get = get; resolve(); }; });
      local.get = async (...keys) => {
        const read = await get(...keys);
        globalThis.held += 1;
        await released;
        return read;
      };
    });
    await remember({ ...recorded, prices: { 'nes-3': price('600,00') } });
    await until('a pending request', () => worker.evaluate(() => globalThis.held > 0));
    await remember(recorded);
    await worker.evaluate(() => globalThis.release());
    await overlay.waitForText('Karşılaştırabilmek için önce Kamu SM’nin fiyat listesini açın');
  });

  test('that does not exist yet is distinguished from a paid one', async () => {
    await remember({ current: 'lost' });
    await page.goto(NONE);
    await overlay.waitForText('borç henüz oluşmamış olabilir');
    await page.goto(DEBT);
    await until('the debt recorded', async () => (await storage()).notebook.procedures?.lost?.seen.includes('debt'));
    await page.goto(NONE);
    await overlay.waitForText('Borcunuz daha önce görünüyordu, artık görünmüyor');
    await page.goto(DEBT);
    await page.getByRole('button', { name: 'Öde' }).click();
    await overlay.waitForText('Ödemeniz alınmış görünüyor');
    await until('the payment recorded', async () => (await storage()).notebook.procedures.lost.seen.includes('pay'));
    await page.goto(NONE);
    await overlay.waitForText('ödemeniz Kamu SM’ye geçmiş görünüyor');
    assert.doesNotMatch(await overlay.text(), /henüz oluşmamış/);
  });
});

test('a failed payment does not count as made', async () => {
  await remember({ current: 'lost' });
  await page.goto(DEBT);
  await until('the debt recorded', async () => (await storage()).notebook.procedures?.lost?.seen.includes('debt'));
  await page.evaluate(() => {
    document.querySelector('form').innerHTML = '<p>Ödeme işlemi başarılı olmadı.</p><p>Bankanız işlemi reddetti.</p>';
  });
  await overlay.waitForText('Kamu SM’ye borcunuzu görür');
  assert.deepEqual((await storage()).notebook.procedures.lost.seen, ['debt']);
});

describe('the transfer', () => {
  const NAME = ['Ad', 'Işıl'];
  const SURNAME = ['Soyad', 'Deneme'];
  const NUMBER = ['T.C. Kimlik No', '10000000146'];
  const TEXT = 'Işıl Deneme 10000000146 3 Yıllık NES bedeli';

  async function toMersin() {
    await remember({ institution: 'mersin', prices: { 'nes-3': price('780,00') } });
    const panel = await open('Yenileme', 'Aile hekimi');
    await panel.waitForText('TR41 0001 2009 5940 0005 0000 47');
    return panel;
  }

  async function type(panel, ...fields) {
    for (const [label, text] of fields) await panel.page.getByLabel(label, { exact: true }).pressSequentially(text);
  }

  const description = (panel) => panel.page.getByLabel('Açıklama', { exact: true });

  test('is composed from the input, checked and copied line by line', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME);
    await panel.waitForText('eksik ya da yanlış');
    await type(panel, NUMBER);
    await panel.waitForText('bilgilerin tümü açıklamada var');
    assert.equal(await description(panel).inputValue(), TEXT);
    for (const [line, copied] of [
      ['IBAN', 'TR410001200959400005000047'], ['Tutar', '780,00'], ['Hesap adı', 'Mersin İl Sağlık Müdürlüğü'],
      ['Banka', 'Halkbank'], ['Açıklama', TEXT],
    ]) {
      await panel.page.getByRole('button', { name: `Kopyala : ${line}`, exact: true }).click();
      await panel.page.getByRole('button', { name: `Kopyalandı : ${line}`, exact: true }).waitFor();
      assert.equal(await panel.page.evaluate(() => navigator.clipboard.readText()), copied);
    }
  });

  test('reports what an edited text lacks, keeps it, and is composed again on demand', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME, NUMBER);
    await description(panel).fill('Işıl Deneme 10000000146');
    await panel.waitForText('“3 Yıllık NES bedeli”');
    await description(panel).press('End');
    await description(panel).pressSequentially(' / 3 YILLIK NES BEDELİ');
    await panel.waitForText('bilgilerin tümü açıklamada var');
    assert.equal(await description(panel).inputValue(), 'Işıl Deneme 10000000146 / 3 YILLIK NES BEDELİ');
    await panel.press('Açıklamayı yeniden oluştur');
    await until('the composed text', async () => await description(panel).inputValue() === TEXT);
  });

  test('a wrong number is reported, and the text stays incomplete', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME, ['T.C. Kimlik No', '100000001']);
    assert.doesNotMatch(await panel.text(), /9 hane yazdınız|bilgilerin tümü açıklamada var/);
    await panel.page.getByLabel('T.C. Kimlik No', { exact: true }).blur();
    await panel.waitForText('9 hane yazdınız');
    await type(panel, ['T.C. Kimlik No', '47']);
    await panel.waitForText('yazım yanlışı var');
    assert.doesNotMatch(await panel.text(), /bilgilerin tümü açıklamada var/);
  });

  test('name and number are kept while the panel is open, and stored only on request', async () => {
    let panel = await toMersin();
    await type(panel, NAME, SURNAME, NUMBER);
    await panel.waitForText('bilgilerin tümü açıklamada var');
    assert.doesNotMatch(JSON.stringify(await storage()), /10000000146|Işıl/);
    await closePanel();
    panel = await open('Yenileme', 'Aile hekimi');
    assert.equal(await panel.page.getByLabel('Ad', { exact: true }).inputValue(), '');
    await type(panel, NAME, SURNAME, NUMBER);
    await panel.page.locator('#payer-remember').check();
    const storedPayer = () => panel.page.evaluate(() => localStorage.getItem('payer'));
    await until('the stored payer', async () => JSON.parse(await storedPayer())?.number === '10000000146');
    assert.doesNotMatch(JSON.stringify(await storage()), /10000000146|Işıl/, 'not where content scripts can look');
    await closePanel();
    panel = await open('Yenileme', 'Aile hekimi');
    await until('the stored payer', async () => await description(panel).inputValue() === TEXT);
    await panel.page.locator('#payer-remember').uncheck();
    await until('the removed payer', async () => await storedPayer() === null);
  });

  test('data that another panel forgets is forgotten here too', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME, NUMBER);
    await panel.page.locator('#payer-remember').check();
    const other = await browser.context.newPage();
    await other.goto(panel.page.url());
    await other.locator('#open-renewal').click();
    await until('the stored payer', async () => await other.locator('#payer-name').inputValue() === NAME[1]);
    await panel.page.locator('#payer-remember').uncheck();
    await until('the unticked box', async () => !await other.locator('#payer-remember').isChecked());
    await other.locator('#payer-name').press('End');
    await other.locator('#payer-name').pressSequentially('x');
    assert.equal(await other.locator('#payer-name').inputValue(), `${NAME[1]}x`);
    assert.equal(await other.evaluate(() => localStorage.getItem('payer')), null);
    await other.close();
  });

  test('a failed copy is not reported as copied', async () => {
    const panel = await toMersin();
    await panel.page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); });
    await panel.page.getByRole('button', { name: 'Kopyala : IBAN', exact: true }).click();
    await panel.waitForText('Kopyalanamadı');
    assert.doesNotMatch(await panel.text(), /Kopyalandı/);
  });

  test('typing is undisturbed by changes of page and prices', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME, NUMBER);
    const text = description(panel);
    await text.focus();
    await text.evaluate((field) => { globalThis.focusedBefore = field; field.setSelectionRange(4, 4); });
    await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
    await until('the page’s step', async () => (await panel.page.locator('#tick-enter').isChecked()));
    await remember({ ...(await storage()).notebook, prices: { 'nes-3': price('800,00', 120) } });
    await panel.waitForText('800,00 TL');
    await panel.waitForText('90 günden eski');
    await remember({ ...(await storage()).notebook, prices: { 'nes-3': price('810,00') } });
    await panel.waitForText('810,00 TL');
    assert.ok(await panel.page.evaluate(() => document.activeElement === globalThis.focusedBefore), 'the focus stays in the same element');
    assert.equal(await text.evaluate((field) => field.selectionStart), 4);
  });

  test('an edited text belongs to its procedure', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME, NUMBER);
    await description(panel).fill(`${TEXT}.`);
    await panel.page.locator('#home').click();
    await panel.press('İlk başvuru');
    await until('the other text', async () => (await description(panel).inputValue()).includes('Mini Kart Okuyucu'));
    await panel.page.locator('#home').click();
    await panel.press('Yenileme');
    await until('the changed text', async () => await description(panel).inputValue() === `${TEXT}.`);
    await panel.press('Açıklamayı yeniden oluştur');
    await panel.press('Değiştirdiğim metne dön');
    await until('the changed text', async () => await description(panel).inputValue() === `${TEXT}.`);
  });

  test('is printed on a page of its own, as shown in the panel', async () => {
    const panel = await toMersin();
    await type(panel, NAME, SURNAME, NUMBER);
    const [sheet] = await Promise.all([
      browser.context.waitForEvent('page'), panel.page.locator('#print-transfer').click(),
    ]);
    await sheet.getByText(TEXT).waitFor();
    const text = await sheet.locator('body').innerText();
    for (const line of ['Halkbank', 'TR41 0001 2009 5940 0005 0000 47', '780,00 TL', 'Yatırmadan önce kurumunuza sorun']) {
      assert.ok(text.includes(line), line);
    }
    assert.doesNotMatch(sheet.url(), /Deneme|100000/);
    const pdf = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 1);
    await page.bringToFront();
    await closePanel();
    await sheet.getByText('Burada gösterilecek ödeme bilgisi yok').waitFor();
    assert.doesNotMatch(await sheet.locator('body').innerText(), /10000000146|Işıl/);
    await sheet.close();
  });
});
