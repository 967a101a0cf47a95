// Message authorization: only the extension's own pages reach the host.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { EXTENSION_ID, PANEL, launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { contentScriptOf } from './content-script.mjs';
import { until } from './until.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';

let folder;
let browser;
let page;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-trust-'));
  browser = await launch({ extensions: [createOtherExtension()], host: { path: createRecordingHost() } });
  [page] = browser.context.pages();
  await page.goto(FORM);
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

/**
 * Creates another extension with the permission for native messaging. On the event `bas` its content script opens our
 * closed shadow root, as extensions may, and clicks every button in it.
 */
function createOtherExtension() {
  const extension = path.join(folder, 'other-extension');
  fs.mkdirSync(extension);
  fs.writeFileSync(path.join(extension, 'manifest.json'), JSON.stringify({
    manifest_version: 3, name: 'Yabancı', version: '1', permissions: ['nativeMessaging'], background: { service_worker: 'worker.js' },
    content_scripts: [{ matches: [`${new URL(FORM).origin}/*`], js: ['content.js'] }],
  }));
  fs.writeFileSync(path.join(extension, 'worker.js'), '');
  fs.writeFileSync(path.join(extension, 'content.js'), `document.addEventListener('bas', () => {
    const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-eimza-yardimcisi]'));
    const buttons = [...root.querySelectorAll('button')];
    const texts = buttons.map((button) => button.textContent);
    buttons.forEach((button) => button.click());
    document.documentElement.dataset.pressed = texts.join();
  });`);
  return extension;
}

/** Creates a host that records each start. */
function createRecordingHost() {
  const program = path.join(folder, 'host');
  fs.writeFileSync(program, `#!/bin/sh\necho "$1" >> "${folder}/started"\n`, { mode: 0o755 });
  return program;
}

const hostWasStarted = () => fs.existsSync(path.join(folder, 'started'));

test('a content script cannot reach the host', async () => {
  const run = await contentScriptOf(page);
  const ended = await run(`new Promise((resolve) => {
    const port = chrome.runtime.connect({ name: 'card' });
    port.onDisconnect.addListener(() => resolve('closed'));
    port.onMessage.addListener(() => resolve('answered'));
    port.postMessage({ id: 1, command: 'unlock', lang: 'tr' });
  })`);
  assert.equal(ended, 'closed');
  assert.ok(!hostWasStarted());
});

test('only snapshots of a content script are answered', async () => {
  const run = await contentScriptOf(page);
  for (const message of ['{ id: 1, command: "status" }', '{ type: "unlock" }', '"open"', 'null', '{ type: "advise" }']) {
    const answer = await run(`chrome.runtime.sendMessage(${message}).then((answer) => answer ?? null, () => null)`);
    assert.equal(answer, null, message);
  }
  assert.ok(!hostWasStarted());
});

test('a snapshot of another origin is not answered', async () => {
  const run = await contentScriptOf(page);
  const recognisedScreen = (url) => run(`chrome.runtime.sendMessage({ type: 'advise', snapshot: { ...takeSnapshot(), url: '${url}' } })
    .then((answer) => answer?.screen ?? null)`);
  assert.equal(await recognisedScreen(FORM), 'kartokuyucu.form');
  assert.equal(await recognisedScreen('https://www.kamusm.gov.tr/kartokuyucu'), null);
});

test('the page can neither message the extension nor load its files', async () => {
  assert.equal(await page.evaluate(() => typeof globalThis.chrome?.runtime?.sendMessage), 'undefined');
  const loads = await page.evaluate((url) => fetch(url).then(() => true, () => false), PANEL);
  assert.equal(loads, false);
});

test('another extension can neither message this one nor start the host', async () => {
  const ids = browser.context.serviceWorkers().map((worker) => new URL(worker.url()).host);
  const other = browser.context.serviceWorkers()[ids.findIndex((id) => id !== EXTENSION_ID)];
  const results = await other.evaluate(async ([id, host]) => {
    const sent = await chrome.runtime.sendMessage(id, { type: 'openPanel', view: 'card' }).then(() => 'answered', (error) => error.message);
    const connected = await new Promise((resolve) => {
      chrome.runtime.connect(id, { name: 'card' }).onDisconnect.addListener(() => resolve(chrome.runtime.lastError.message));
    });
    const native = await new Promise((resolve) => {
      chrome.runtime.connectNative(host).onDisconnect.addListener(() => resolve(chrome.runtime.lastError.message));
    });
    return { sent, connected, native };
  }, [EXTENSION_ID, 'eimza.yardimcisi.host']);
  assert.match(results.sent, /Receiving end does not exist/);
  assert.match(results.connected, /Receiving end does not exist/);
  assert.match(results.native, /forbidden/);
  assert.ok(!hostWasStarted());
});

test('clicks by another extension are ignored', async () => {
  const overlay = await Overlay.on(page);
  await page.goto(FORM);
  await page.locator('[name=adres]').fill('Gül Cad. 5');
  await overlay.waitForCount(1, 'mark');
  await page.evaluate(() => document.dispatchEvent(new Event('bas')));
  assert.match(await page.locator('html').getAttribute('data-pressed'), /Cad. → Caddesi/);
  assert.equal(await page.locator('[name=adres]').inputValue(), 'Gül Cad. 5');
  await overlay.waitForCount(1, 'mark');
  assert.ok(!await browser.panelIsOpen() && !hostWasStarted());
});

test('the panel starts the host', async () => {
  const panel = await browser.openPanel();
  await panel.waitForText('Kart programı beklenmedik biçimde kapandı');
  assert.equal(fs.readFileSync(path.join(folder, 'started'), 'utf8'), `chrome-extension://${EXTENSION_ID}/\n`);
});

test('a content script does not receive transfer data', async () => {
  const panel = await browser.panel(); // the one that is open
  await panel.press('Yenileme');
  await panel.page.getByLabel('Aile hekimi').check();
  await panel.choose('Kurumunuz', 'Mersin');
  await panel.page.getByLabel('Ad', { exact: true }).pressSequentially('Gizli');
  await page.goto(FORM);
  const run = await contentScriptOf(page);
  await panel.page.locator('#payer-remember').check();
  const received = await run(`(async () => {
    const received = [];
    chrome.runtime.connect({ name: 'sheet' }).onMessage.addListener((message) => received.push(message));
    chrome.storage.onChanged.addListener((changes) => received.push(changes));
    received.push(await chrome.runtime.sendMessage({ type: 'getTransferSheet' }).catch(() => null));
    received.push(await chrome.storage.local.get().catch(() => null));
    return JSON.stringify(received);
  })()`);
  assert.doesNotMatch(received, /Gizli/);
  await panel.page.locator('#payer-remember').uncheck();
  await browser.pressToolbarButton(page);
  await until('the closed panel', async () => !await browser.panelIsOpen());
});
