// Demonstrates the main use in a real browser: prints a line for each step and saves a screenshot of each in target/demo/.
// `cargo xtask demo` starts it with a virtual card.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { drawsNothingOn } from './content-script.mjs';
import { until } from './until.mjs';

const FOLDER = path.join(ROOT, 'target/demo');
const { EIMZA_DEMO_PUK: PUK, EIMZA_DEMO_NEW_PIN: NEW_PIN } = process.env;
const CARD_READER = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const UNLOCK_SCREEN = 'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock';
const PRICES = 'http://www.kamusm.gov.tr/urunler/nitelikli_elektronik_sertifika/fiyatlandirma.jsp';
const RENEWAL_FORM = 'https://portal.kamusm.gov.tr/bp/ws.go?ekran=form';
const TYPED = 'Atatürk Mah. 1234. Sok. No:5';
const WRITTEN_OUT = 'Atatürk Mahallesi 1234. Sokak Numara:5';
const OTHER_PAGES = [
  ['https://portal.kamusm.gov.tr/bp/ws.go', 'Kullanıcı Girişi'],
  ['https://sanalpos.kamusm.gov.tr/index.jsf', 'Borç sorgulama'],
  ['https://sanalpos.kamusm.gov.tr/index.xhtml', 'Borç sorgulama'],
  ['https://onlineislemler.kamusm.gov.tr/landing', 'Online İşlemler'],
];
const SILENT_PAGES = ['https://ebasvuru.kamusm.gov.tr/hakkinda', 'https://example.org/kartokuyucu'];

const visible = process.argv[2] !== 'headless';
const browser = await launch({ profile: path.join(FOLDER, 'profile'), visible });
try {
  if (visible) await runInteractively();
  else await runAutomatically();
} finally {
  await browser.close();
}

async function runInteractively() {
  const [first] = browser.context.pages();
  await first.goto(CARD_READER);
  await (await browser.context.newPage()).goto(UNLOCK_SCREEN);
  await new Promise((resolve) => { browser.context.once('close', resolve); });
}

async function runAutomatically() {
  const [page] = browser.context.pages();
  const overlay = await Overlay.on(page);
  await checkAddress(page, overlay);
  const panel = await openPanelFromPage(page, overlay);
  await unlockCard(panel);
  await showOtherPages(page, overlay);
  await showProcedure(page, overlay, panel);
  await showPayments(page, overlay, panel);
  await drawSummary(page);
}

/** @param {import('playwright-core').Page} page */
async function checkAddress(page, overlay) {
  await page.goto(CARD_READER);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  await overlay.waitForText('Formu doldurup gönderin');
  const address = page.getByLabel('Adres', { exact: true });
  await address.focus();
  await overlay.waitForText('Adreste hiçbir kısaltma kullanılmaz');
  await captureStep('1.1', page, 'kartokuyucu: recognised; purpose, next step and, in the address field, its rule are shown');

  await address.pressSequentially(TYPED);
  await overlay.waitForCount(3, 'mark');
  assert.deepEqual(await overlay.textsOf('mark'), ['Mah.', 'Sok.', 'No']);
  await captureStep('1.2', page, `typed “${TYPED}”: “Mah.”, “Sok.” and “No” are underlined`);

  await overlay.press('Mah. → Mahallesi');
  await until('the fix', async () => await address.inputValue() === TYPED.replace('Mah.', 'Mahallesi'));
  const event = await page.evaluate(() => globalThis.pageEvents.at(-1));
  assert.deepEqual([event.type, event.trusted, event.field], ['input', true, 'adres']);
  await page.keyboard.press('Control+Z');
  await until('the text as typed', async () => await address.inputValue() === TYPED);
  await overlay.waitForCount(3, 'mark');
  await captureStep('1.3', page, '“Mah. → Mahallesi” pressed: written, the page’s own handler ran, Ctrl+Z took it back');

  await overlay.press('Tümünü düzelt');
  await until('the address in full', async () => await address.inputValue() === WRITTEN_OUT);
  await overlay.waitForCount(0, 'mark');
  await page.getByLabel('İlçe').focus();
  const changes = await page.evaluate(() => globalThis.pageEvents.filter((event) => event.type === 'change'));
  assert.equal(changes.at(-1).value, WRITTEN_OUT);
  await captureStep('1.4', page, `“Tümünü düzelt” pressed: “${WRITTEN_OUT}”, and the page received the change event`);
}

async function openPanelFromPage(page, overlay) {
  const other = await browser.context.newPage();
  await other.goto('https://example.org/kartokuyucu');
  await browser.pressToolbarButton(other);
  await until('the side panel', () => browser.panelIsOpen());
  await browser.pressToolbarButton(other);
  await until('the closed panel', async () => !await browser.panelIsOpen());
  await other.close();
  report('2.1', 'toolbar button pressed on another site: the side panel opens, pressed again it closes');

  await page.goto(UNLOCK_SCREEN);
  await overlay.waitForText('Java olmadan');
  await captureStep('2.2', page, 'Kilit Çözme Ekranı: the Java-free way is offered');
  await overlay.press('Yan paneli aç');
  const panel = await browser.panel();
  await panel.waitForText('PIN kilitli.');
  await captureStep('2.3', page, 'its button pressed: the side panel opened');
  return panel;
}

/** @param {import('./panel-page.mjs').Panel} panel */
async function unlockCard(panel) {
  assert.match(await panel.row('Kart okuyucu'), /Virtual PCD/);
  assert.match(await panel.row('Kart'), /AKİS/);
  assert.equal(await panel.row('PIN'), 'Kilitli');
  assert.match(await panel.row('PUK'), /kalan deneme: 3/);
  await captureStep('3.1', panel.page, `panel: ${await panel.row('Kart okuyucu')}, ${await panel.row('Kart')}, PIN ${await panel.row('PIN')}, PUK ${await panel.row('PUK')}; “PIN kilitli. – Kilidi çöz” comes first`);

  await panel.press('Kilidi çöz');
  await panel.press('Hayır ya da emin değilim');
  await panel.waitForText('PIN Oluşturma/Kilit Çözme');
  await panel.waitForText('PUK kodunu tahmin etmeyin');
  await captureStep('3.2', panel.page, 'without a PUK: the official way, and what guessing does');

  browser.pinentry.answerWith({ PUK: [PUK.replaceAll(/./g, '0')], 'Yeni PIN': [NEW_PIN], CONFIRM: ['yes'] });
  await panel.press('Geri');
  await panel.press('Kilidi çöz');
  await panel.press('Evet, kilidi çöz');
  await panel.waitForText('PUK yanlış. Kalan deneme: 2.');
  await panel.press('Karta dön');
  await panel.waitForText('Bu kartta PUK yanlış girildi. Kalan deneme: 2.');
  assert.match(await panel.row('PUK'), /kalan deneme: 2/);
  const prompts = browser.pinentry.input.split('\n').filter((line) => line === 'GETPIN').length;
  assert.equal(prompts, 2, 'after a refusal the host does not prompt again by itself');
  await captureStep('3.3', panel.page, 'a wrong PUK: two tries left, the panel keeps saying so and does nothing more by itself');

  browser.pinentry.answerWith({ PUK: [PUK], 'Yeni PIN': [NEW_PIN], CONFIRM: ['yes'] });
  await panel.press('Kilidi çöz');
  await panel.press('Evet, kilidi çöz');
  await panel.waitForText('Kartınızın kilidi çözüldü');
  await until('the PIN as usable', async () => (await panel.row('PIN')).includes('kalan deneme: 3'));
  await captureStep('3.4', panel.page, 'the right PUK and a new PIN typed into the host’s window: the card is unlocked, the panel says so');

  await panel.press('Kartı yeniden oku');
  await panel.waitForText('Kartınız kullanıma hazır.');
  await panel.press('PIN’imi unuttum');
  await panel.waitForText('PUK kodunuz yanınızda mı?');
  await captureStep('3.5', panel.page, 'nothing to unlock any more; “PIN’imi unuttum” leads to the PUK');
}

async function showOtherPages(page, overlay) {
  for (const [index, [url, text]] of OTHER_PAGES.entries()) {
    await page.goto(url);
    await overlay.waitForText(text);
    const purpose = (await overlay.textsOf('info')).find((each) => each !== 'i'); // badges show an “i”
    await captureStep(`4.${index + 1}`, page, `${url}: “${purpose}”`);
  }
  for (const [index, url] of SILENT_PAGES.entries()) {
    assert.ok(await drawsNothingOn(browser, page, url), url);
    await captureStep(`4.${OTHER_PAGES.length + index + 1}`, page, `${url}: nothing is shown`);
  }
}

/** Shows a renewal: chosen in the panel, ticked by the user and by the next screen, shown on the page. */
async function showProcedure(page, overlay, panel) {
  await panel.page.locator('#open-renewal').click();
  await panel.chooseRole('Aile hekimi');
  await panel.waitForText('Gerekli bilgi ve belgeler');
  await panel.page.locator('#tick-pay').check();
  await panel.waitForText('Başvuru portalını aç');
  await captureStep('5.1', panel.page, '“Yenileme”, “Aile hekimi”: what is needed, then the steps; the first is ticked by hand');

  await page.goto(RENEWAL_FORM);
  await overlay.waitForText('Yenileme, adım 3 / 8: Başvuru formunu doldurun');
  await page.locator('[name=basvuruNedeni]').focus();
  await overlay.waitForText('Yenileme için “Yenileme”yi seçin.');
  await until('the tick', () => panel.page.locator('#tick-enter').isChecked());
  await captureStep('5.2', page, 'the form’s screen ticked “Başvuru portalına girin”; the page says “adım 3 / 8” and, at its field, what to choose');
}

/** Form checks, then the costs of the renewal: read from the price list, composed in the panel, printed. */
async function showPayments(page, overlay, panel) {
  await page.locator('[name=gsm]').fill('0324 000 00 00');
  await page.getByRole('button', { name: 'Gönder' }).focus();
  await overlay.waitForText('Boş kalan zorunlu alanlar');
  await page.locator('[name=gsm]').focus();
  await overlay.waitForText('Cep telefonu numarası 5 ile başlar');
  await captureStep('6.1', page, 'a wrong mobile number, and the mandatory fields that are still empty when the send button is reached');

  await page.goto(PRICES);
  await overlay.waitForText('Seçtiğiniz işlem için ödeyeceğiniz: 600,00 TL.');
  await captureStep('6.2', page, 'the price list is read: “3 yıllık NES 600,00 TL”, what the renewal costs, and that http is not verified');

  await panel.choose('Kurumunuz', 'Mersin');
  await panel.page.locator('#unfold-pay').click();
  for (const [label, text] of [['Ad', 'Deneme'], ['Soyad', 'Kişi'], ['T.C. Kimlik No', '10000000146']]) {
    await panel.page.getByLabel(label, { exact: true }).pressSequentially(text);
  }
  await panel.waitForText('Dekontta bulunması gereken bilgilerin tümü açıklamada var.');
  await panel.page.locator('.composer').scrollIntoViewIfNeeded();
  await captureStep('6.3', panel.page, '“Mersin” chosen, name and number typed: account, amount and description stand ready to be copied');

  const [sheet] = await Promise.all([browser.context.waitForEvent('page'), panel.page.locator('#print-transfer').click()]);
  await sheet.getByText('Deneme Kişi 10000000146 3 Yıllık NES bedeli').waitFor();
  await captureStep('6.4', sheet, 'the same on a page of its own, to be printed');
  await sheet.close();
}

/** Draws the picture for the README: the checked address beside the unlocked card. */
async function drawSummary(page) {
  const picture = (name) => fs.readFileSync(path.join(FOLDER, `${name}.png`)).toString('base64');
  const images = ['1.2', '3.4'].map((name) => `<img src="data:image/png;base64,${picture(name)}">`);
  await page.goto('about:blank');
  await page.setContent(`<style>
    body { display: inline-flex; align-items: start; gap: 12px; margin: 0; padding: 12px; background: #cdd6df; }
    img { height: 620px; box-shadow: 0 1px 6px rgb(0 0 0 / 30%); }
  </style>${images.join('')}`);
  await page.locator('body').screenshot({ path: path.join(FOLDER, 'summary.png') });
}

async function captureStep(step, page, what) {
  await page.screenshot({ path: path.join(FOLDER, `${step}.png`) });
  report(step, what);
}

function report(step, what) {
  process.stdout.write(`${step}  ${what}\n`);
}
