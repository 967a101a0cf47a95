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
/** Asked for by a page of ours on purpose, so that a log which hears nothing is noticed. */
const CONTROL = 'https://example.org/kontrol';

/** What the log calls the initiator of the browser's own requests: updates, and where the user goes. */
const BROWSER = 'not an origin';

/** Every address that was asked for over a network by a page, a script or an extension. */
function requested(log) {
  const { constants, events } = JSON.parse(fs.readFileSync(log, 'utf8'));
  const started = constants.logEventTypes.URL_REQUEST_START_JOB;
  const requests = events.filter(({ type, params }) => type === started && params?.url && params.initiator !== BROWSER);
  const addresses = requests.map(({ params }) => params.url);
  return new Set(addresses.filter((address) => /^(https?|wss?|ftp):/.test(address)));
}

/** What a user does with all parts of the extension. Returns the addresses that the pages themselves ask for. */
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
    const asked = requested(log);
    assert.ok(asked.has(CONTROL), 'the log hears what is asked for');
    // In a page's name the browser asks for its icon.
    const others = [...asked].filter((address) => !expected.includes(address) && new URL(address).pathname !== '/favicon.ico');
    assert.deepEqual(others, []);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('the content security policy blocks every connection', async () => {
  const browser = await launch();
  try {
    const ask = (address) => fetch(address).then(() => 'answered', (error) => error.message);
    const worker = await browser.worker();
    assert.equal(await worker.evaluate(ask, CONTROL), 'Failed to fetch');
    const panel = await browser.openPanel();
    const refused = panel.page.evaluate(() => new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    }));
    assert.equal(await panel.page.evaluate(ask, CONTROL), 'Failed to fetch');
    assert.equal(await refused, 'connect-src');
    // The very same address answers a page that may ask.
    const [page] = browser.context.pages();
    await page.goto('https://example.org/kartokuyucu');
    assert.equal(await page.evaluate(ask, CONTROL), 'answered');
  } finally {
    await browser.close();
  }
});
