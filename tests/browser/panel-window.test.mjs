// Popup windows, which have no side panel: the panel opens in a window of its own, for the tab in which it was opened.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PANEL, launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { Panel } from './panel-page.mjs';
import { until } from './until.mjs';

const UNLOCK = 'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock';
const READER = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';

let browser;
let opener;
before(async () => {
  browser = await launch({ host: null });
  [opener] = browser.context.pages();
  await opener.goto(READER);
});
after(() => browser?.close());

/** Opens an address in a popup window. */
async function openPopup(url) {
  const opened = browser.context.waitForEvent('page');
  await opener.evaluate((address) => { window.open(address, '', 'popup,width=900,height=700'); }, url);
  const popup = await opened;
  await popup.waitForURL(url);
  return popup;
}

const panels = () => browser.context.pages().filter((page) => page.url() === PANEL);

/** Returns the only panel. */
async function onlyPanel() {
  await until('the panel', () => panels().length > 0);
  assert.equal(panels().length, 1);
  return new Panel(panels()[0]);
}

/** Presses a button in the corner panel, which may be folded. */
async function pressInCorner(page, button) {
  const overlay = await Overlay.on(page);
  await until('the overlay', async () => (await overlay.buttons()).length > 0);
  if (!(await overlay.buttons()).includes(button)) await overlay.press('e-İmza Yardımcısı’nı aç');
  await overlay.press(button);
}

const windows = async () => (await browser.worker()).evaluate(() => chrome.windows.getAll());

test('a button in a popup opens the panel in a window of its own, once', async () => {
  const popup = await openPopup(READER);
  await pressInCorner(popup, 'İşlem adımlarını göster');
  const panel = await onlyPanel();
  await panel.waitForText('Kart okuyucu alma');
  await until('the steps of the page’s procedure', async () => (await panel.text()).includes('Listeyi yazdır'));
  const before = await windows();
  await panel.press('Ana sayfa');
  await popup.bringToFront();
  await pressInCorner(popup, 'İşlem adımlarını göster');
  await until('the view', async () => (await panel.text()).includes('Listeyi yazdır'));
  assert.equal((await windows()).length, before.length);
  assert.equal((await onlyPanel()).page, panel.page);
  await popup.close();
  await panel.page.close();
});

test('the panel follows the popup in which it was opened last', async () => {
  const unlock = await openPopup(UNLOCK);
  await pressInCorner(unlock, 'Yan paneli aç');
  const panel = await onlyPanel();
  await panel.waitForText('Ne yapmak istiyorsunuz?');
  const reader = await openPopup(READER);
  await pressInCorner(reader, 'İşlem adımlarını göster');
  await panel.waitForText('Kart okuyucuyu bekleyin');
  await Promise.all([reader.close(), unlock.close(), panel.page.close()]);
});

test('the printed sheet of a panel in a window of its own has its content until that window closes', async () => {
  const popup = await openPopup(READER);
  await pressInCorner(popup, 'İşlem adımlarını göster');
  const panel = await onlyPanel();
  await panel.press('Ana sayfa');
  await panel.press('Yenileme');
  await panel.page.getByLabel('Aile hekimi').check();
  await panel.choose('Kurumunuz', 'Mersin');
  await panel.page.getByLabel('Ad', { exact: true }).pressSequentially('Deneme');
  const opened = browser.context.waitForEvent('page');
  await panel.page.locator('#print-transfer').click();
  const sheet = await opened;
  await until('the sheet’s content', async () => (await sheet.locator('body').innerText()).includes('IBAN'));
  await panel.page.close();
  await until('the empty sheet', async () => !(await sheet.locator('body').innerText()).includes('IBAN'));
  await Promise.all([popup.close(), sheet.close()]);
});

test('in a normal window the side panel opens', async () => {
  await opener.bringToFront();
  await pressInCorner(opener, 'İşlem adımlarını göster');
  await until('the side panel', () => browser.panelIsOpen());
  assert.equal(panels().length, 0);
});

test('a frame without a known screen does not hide the screen of the page', async () => {
  const panel = await browser.panel();
  const tab = await panel.page.evaluate(async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0].id);
  const worker = await browser.worker();
  await worker.evaluate((id) => chrome.runtime.sendMessage({ type: 'setPage', tab: id, screen: null }), tab);
  await panel.press('Ana sayfa');
  await pressInCorner(opener, 'İşlem adımlarını göster');
  await panel.waitForText('Listeyi yazdır');
});
