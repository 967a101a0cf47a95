// The extension makes no network requests: checked in the browser's own network log.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { PANEL, launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { until } from './until.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const PAGES = [
  'https://portal.kamusm.gov.tr/bp/ws.go',
  'https://portal.kamusm.gov.tr/bp/ws.go?ekran=form',
  'https://sanalpos.kamusm.gov.tr/index.xhtml',
  'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock',
  'https://onlineislemler.kamusm.gov.tr/landing',
];
/** Requested on purpose by a page, to detect a log that records nothing. */
const CONTROL = 'https://example.org/kontrol';

/** The initiator in the log of the browser's own requests: updates, and navigation by the user. */
const BROWSER = 'not an origin';

/** Returns every URL that a page, a script or an extension requested from a network. */
function requested(log) {
  const { constants, events } = JSON.parse(fs.readFileSync(log, 'utf8'));
  const started = constants.logEventTypes.URL_REQUEST_START_JOB;
  const requests = events.filter(({ type, params }) => type === started && params?.url && params.initiator !== BROWSER);
  const addresses = requests.map(({ params }) => params.url);
  return new Set(addresses.filter((address) => /^(https?|wss?|ftp):/.test(address)));
}

/** Uses all parts of the extension. Returns the URLs that the pages themselves request. */
async function useEverything(browser) {
  const [page] = browser.context.pages();
  const overlay = await Overlay.on(page);
  await page.goto(FORM);
  await page.locator('[name=adres]').pressSequentially('Gül Mah. Lale Sok. 5');
  await overlay.press('Tümünü düzelt');
  for (const address of PAGES) {
    await page.goto(address);
    await until('hints', async () => (await overlay.textsOf('corner')).length === 1);
  }
  const panel = await browser.openPanel();
  await panel.press('Kayıp ya da çalıntı kart');
  await panel.page.locator('#tick-call').check();
  await panel.page.locator('#home').click();
  await panel.press('Yenileme');
  await panel.page.getByLabel('Aile hekimi').check();
  await panel.choose('Kurumunuz', 'Mersin');
  await panel.page.getByLabel('Ad', { exact: true }).pressSequentially('Deneme');
  const [sheet] = await Promise.all([browser.context.waitForEvent('page'), panel.page.locator('#print-transfer').click()]);
  await sheet.getByText('TR41').waitFor();
  await panel.page.locator('#home').click();
  await panel.page.locator('#open-lost').click();
  await panel.press('English');
  await panel.waitForText('Lost or stolen card');
  const list = await browser.context.newPage();
  await list.goto(new URL('list.html?islem=lost', PANEL).href);
  await list.getByRole('heading', { name: 'Lost or stolen card' }).waitFor();
  await page.evaluate((address) => fetch(address).catch(() => {}), CONTROL);
  return ['https://example.org/kartokuyucu', FORM, ...PAGES, CONTROL];
}

test('only the pages that the user opens are requested', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-network-'));
  const log = path.join(folder, 'log.json');
  try {
    const browser = await launch({ switches: [`--log-net-log=${log}`] });
    let expected;
    try {
      expected = await useEverything(browser);
    } finally {
      await browser.close();
    }
    const urls = requested(log);
    assert.ok(urls.has(CONTROL), 'the log records requests');
    // The browser requests the page's icon with the page as initiator.
    const others = [...urls].filter((address) => !expected.includes(address) && new URL(address).pathname !== '/favicon.ico');
    assert.deepEqual(others, []);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('the content security policy blocks every connection', async () => {
  const browser = await launch();
  try {
    const request = (address) => fetch(address).then(() => 'answered', (error) => error.message);
    const worker = await browser.worker();
    assert.equal(await worker.evaluate(request, CONTROL), 'Failed to fetch');
    const panel = await browser.openPanel();
    const refused = panel.page.evaluate(() => new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    }));
    assert.equal(await panel.page.evaluate(request, CONTROL), 'Failed to fetch');
    assert.equal(await refused, 'connect-src');
    // A page without that policy can request the same URL.
    const [page] = browser.context.pages();
    await page.goto('https://example.org/kartokuyucu');
    assert.equal(await page.evaluate(request, CONTROL), 'answered');
  } finally {
    await browser.close();
  }
});
