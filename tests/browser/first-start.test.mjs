// The first minutes: what the welcome page and the panel say while the card program is missing, where it comes from, and
// that no page is blank while it loads.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { EXTENSION, PANEL, WELCOME, launch } from './browser.mjs';
import { ScriptedHost } from './scripted-host.mjs';
import { until } from './until.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-first-'));
after(() => fs.rmSync(folder, { recursive: true }));

/** Copies the extension as a release with an address of its own page. */
function released(address) {
  const copy = fs.mkdtempSync(path.join(folder, 'extension-'));
  fs.cpSync(EXTENSION, copy, { recursive: true });
  const file = path.join(copy, 'manifest.json');
  const manifest = { ...JSON.parse(fs.readFileSync(file, 'utf8')), homepage_url: address };
  fs.writeFileSync(file, JSON.stringify(manifest));
  return copy;
}

let browser;
afterEach(() => browser?.close());

describe('without the card program', () => {
  test('both pages say who gives it out while there is no address, and that guidance works', async () => {
    browser = await launch({ host: null, welcome: true });
    for (const page of [await browser.welcome(), await browser.openPanel()]) {
      await page.waitForText('Kart programı bu bilgisayarda kurulu değil');
      await page.waitForText('size e-İmza Yardımcısı’nı veren bilgi işlem biriminden isteyin');
      await page.waitForText('kart programı olmadan da çalışır');
      assert.equal(await page.page.locator('#download').count(), 0);
      assert.doesNotMatch(await page.text(), /eimza-host/, 'no command is shown to a physician');
    }
  });

  test('both pages lead to the address of a release', async () => {
    const address = 'https://example.org/e-imza';
    browser = await launch({ host: null, welcome: true, extension: released(address) });
    for (const page of [await browser.welcome(), await browser.openPanel()]) {
      const link = page.page.getByRole('link', { name: /^Kart programını indir/ });
      await link.waitFor();
      assert.equal(await link.getAttribute('href'), address);
      assert.doesNotMatch(await page.text(), /bilgi işlem biriminden isteyin/);
    }
    const panel = await browser.panel();
    assert.equal(await panel.page.getByRole('link', { name: /^Sorun bildir/ }).getAttribute('href'), address);
  });

  test('an address that is not encrypted is not offered', async () => {
    browser = await launch({ host: null, extension: released('http://example.org/') });
    const panel = await browser.openPanel();
    await panel.waitForText('bilgi işlem biriminden isteyin');
    assert.equal(await panel.page.locator('#download, #report').count(), 0);
  });

  test('the welcome page opens the panel', async () => {
    browser = await launch({ host: null, welcome: true });
    const welcome = await browser.welcome();
    await welcome.press('Paneli aç');
    const panel = await browser.panel();
    await panel.waitForText('Kart programı bu bilgisayarda kurulu değil');
  });
});

test('no page is blank while it loads', async () => {
  browser = await launch({ host: null });
  const page = await browser.context.newPage();
  await page.addInitScript(() => {
    globalThis.blank = 0;
    const look = () => { if (document.body && document.body.innerText.trim() === '') globalThis.blank += 1; };
    document.addEventListener('DOMContentLoaded', () => {
      look();
      new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    });
  });
  for (const address of [PANEL, WELCOME]) {
    await page.goto(address);
    await page.getByText('kurulu değil').waitFor();
    assert.equal(await page.evaluate(() => globalThis.blank), 0, address);
  }
});

test('help names Kamu SM’s telephone and where to report, and what never to send', async () => {
  browser = await launch({ host: null });
  const panel = await browser.openPanel();
  const help = panel.page.locator('section.help');
  await help.waitFor();
  assert.match(await help.innerText(), /Kamu SM: 444\u00a05\u00a0576/);
  assert.match(await help.innerText(), /PIN’inizi, PUK’unuzu/);
  await panel.press('English');
  await until('the English text', async () => /Never send your PIN/.test(await help.innerText()));
});

test('a remedy names only the system of this computer', async () => {
  const host = new ScriptedHost(folder, { lost: { code: 'no-service' } });
  browser = await launch({ host: host.manifest, welcome: true });
  for (const page of [await browser.welcome(), await browser.openPanel()]) {
    await page.waitForText('Akıllı kart servisi çalışmıyor.');
    await page.waitForText('pcscd');
    assert.doesNotMatch(await page.text(), /Windows/);
    host.report({ lost: { code: 'no-reader' } });
    await page.waitForText('libacsccid1');
    host.report({ lost: { code: 'no-service' } });
  }
});
