// Pages that are open while the extension is installed, updated or removed: no hints of theirs can change any more until
// they are reloaded. The overlay, the panel and the welcome page say so; nothing is reloaded by itself.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { EXTENSION, launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { until } from './until.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const PURPOSE = 'Bu sayfa kart okuyucu satın almak içindir';
const TYPED = 'Gül Cad. 5';
const NOTICE = 'Önce yazdıklarınızı gönderin ya da kopyalayın, sonra sayfayı yenileyin.';
const OPENED_BEFORE = 'Sayfayı yenileyin: bu sekme';

let browser;
let page;
let overlay;
beforeEach(async () => {
  browser = await launch({ host: null, welcome: true });
  const welcome = await browser.welcome();
  await welcome.waitForText('Kamu SM sayfaları zaten açıksa onları yenileyin');
  await welcome.page.close();
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
afterEach(() => browser?.close());

/** Loads the extension again, as an update does. */
async function update() {
  const session = await browser.context.browser().newBrowserCDPSession();
  await session.send('Extensions.loadUnpacked', { path: EXTENSION });
}

async function typeAddress() {
  await page.goto(FORM);
  await page.locator('textarea').fill(TYPED);
  await overlay.waitForCount(1, 'mark');
}

/** Checks that only the notice is drawn, and that the page is as the user left it. */
async function assertNotice(notice) {
  await overlay.waitForText(notice);
  assert.doesNotMatch(await overlay.text(), new RegExp(PURPOSE));
  assert.deepEqual(await overlay.textsOf('mark'), []);
  assert.equal(await page.locator('textarea').inputValue(), TYPED);
}

test('the notice replaces the hints, without any action of the user', async () => {
  await typeAddress();
  await update();
  await assertNotice(NOTICE);
});

test('the notice is in the user’s language, and typing goes on undisturbed', async () => {
  const worker = await browser.worker();
  await worker.evaluate(() => chrome.storage.local.set({ lang: 'en' }));
  await typeAddress();
  await update();
  await page.locator('textarea').press('End');
  await page.keyboard.type(' No: 3');
  await overlay.waitForText('Submit or copy what you typed first, then reload the page.');
  assert.equal(await page.locator('textarea').inputValue(), `${TYPED} No: 3`);
});

test('after the extension was removed the notice appears too', async () => {
  await typeAddress();
  const worker = await browser.worker();
  worker.evaluate(() => chrome.management.uninstallSelf()).catch(() => {}); // it ends before it can answer
  await page.locator('textarea').click();
  await assertNotice(NOTICE);
});

test('nothing is drawn where nothing was', async () => {
  await page.goto('https://ebasvuru.kamusm.gov.tr/hakkinda');
  await update();
  await page.mouse.move(40, 40);
  await page.mouse.move(200, 200);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(await overlay.nodes(), []);
});

test('the panel advises to reload a page that was open before, until it is reloaded', async () => {
  await page.goto(FORM);
  await overlay.waitForText(PURPOSE);
  await update();
  // The worker of the new version binds the button to the panel, and lists the open pages.
  await until('the new worker', async () => {
    const worker = browser.context.serviceWorkers().at(-1);
    return worker?.evaluate(async () => (await chrome.storage.session.get('openBefore')).openBefore?.length === 1
      && (await chrome.sidePanel.getPanelBehavior()).openPanelOnActionClick).catch(() => false);
  });
  await browser.pressToolbarButton(page);
  const panel = await browser.panel();
  await panel.waitForText(OPENED_BEFORE);
  await page.reload();
  await until('the line’s end', async () => !(await panel.text()).includes(OPENED_BEFORE));
  // The worker is no longer started for each navigation.
  const worker = browser.context.serviceWorkers().at(-1);
  await until('the end of listening', () => worker.evaluate(() => !chrome.tabs.onUpdated.hasListeners()));
});
