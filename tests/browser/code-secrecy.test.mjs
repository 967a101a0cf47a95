// PIN and PUK exist only in the host's prompt and on the card: an unlock at the most verbose log level, then a search of
// everything that could have kept them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { HOST, launch } from './browser.mjs';
import { insertCard } from './virtual-card.mjs';
import { until } from './until.mjs';

/** Eight digits that are nowhere by chance. */
const code = () => String(randomInt(10_000_000, 100_000_000));
const [OLD_PIN, PUK, NEW_PIN] = [code(), code(), code()];
const CODES = [OLD_PIN, PUK, NEW_PIN];

let folder;
let browser;
let card;

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-codes-'));
  const talkative = path.join(folder, 'host');
  fs.writeFileSync(talkative, `#!/bin/sh\nEIMZA_LOG=trace exec "${HOST}" "$@" 2>>"${folder}/log"\n`, { mode: 0o755 });
  card = await insertCard(0, '--pin', OLD_PIN, '--puk', PUK, '--pin-tries', '0');
  browser = await launch({ host: { path: talkative }, switches: ['--enable-logging', '--v=1'] });
});
after(async () => {
  await browser?.close();
  await card?.remove();
  fs.rmSync(folder, { recursive: true });
});

/** The codes that a file, a text or a piece of memory contains, as any program of this machine would write them. */
function found(bytes) {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes);
  return CODES.filter((each) => buffer.includes(each) || buffer.includes(Buffer.from(each, 'utf16le')));
}

/** Every file below a folder that contains a code. */
function filesWithCodes(root) {
  return fs.readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => found(fs.readFileSync(file)).length > 0);
}

/** Command line and environment of every process but the card, which is told its codes, and the one that types. */
function processesWithCodes() {
  const looked = [];
  const told = [];
  for (const id of fs.readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      const [line, environment] = ['cmdline', 'environ'].map((name) => fs.readFileSync(`/proc/${id}/${name}`));
      if (line.includes('eimza-virtual-card') || line.includes(browser.pinentry.folder)) continue;
      looked.push(line.toString());
      if (found(line).length > 0 || found(environment).length > 0) told.push(line.toString());
    } catch {
      // It has ended meanwhile.
    }
  }
  assert.ok(looked.some((line) => line.includes('chromium')) && looked.some((line) => line.startsWith(HOST)), 'all were looked at');
  return told;
}

function hostProcess() {
  return fs.readdirSync('/proc').find((id) => {
    try {
      return /^\d+$/u.test(id) && fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').startsWith(`${HOST}\0`);
    } catch {
      return false;
    }
  });
}

test('after an unlock at the most verbose level the codes are in no log, memory, storage, profile or command line', async () => {
  browser.pinentry.answerWith({ PUK: [PUK], 'Yeni PIN': ['<pause>', NEW_PIN], CONFIRM: ['yes'] });
  const panel = await browser.openPanel();
  await panel.press('Evet, PUK kodum var');
  await panel.press('Kilidi aç');
  await until('the second question', () => browser.pinentry.input.match(/^GETPIN$/gmu)?.length === 2);
  assert.deepEqual(processesWithCodes(), []);
  browser.pinentry.resume();
  await panel.waitForText('Kartınızın kilidi açıldı');
  assert.deepEqual(processesWithCodes(), []);

  const host = hostProcess();
  execFileSync('gcore', ['-a', '-o', path.join(folder, 'core'), host], { stdio: 'ignore' });
  const core = fs.readFileSync(path.join(folder, `core.${host}`));
  assert.ok(core.includes('Virtual PCD 00 00'), 'the image holds what the host knows');
  assert.deepEqual(found(core), [], 'the host’s memory');

  const log = fs.readFileSync(path.join(folder, 'log'));
  assert.match(log.toString(), /00 ?2C/u, 'the log tells of the command that unblocks');
  assert.deepEqual(found(log), [], 'the host’s log');

  const worker = await browser.worker();
  const stored = await worker.evaluate(async () => Promise.all(
    ['local', 'session', 'managed'].map((area) => chrome.storage[area].get()),
  ));
  assert.deepEqual(found(JSON.stringify(stored)), [], 'the extension’s storage');
  assert.deepEqual(found(await panel.page.evaluate(() => JSON.stringify({ ...localStorage }) + document.documentElement.outerHTML)), []);

  const { profile } = browser;
  assert.ok(fs.existsSync(path.join(profile, 'chrome_debug.log')), 'the browser keeps a log');
  assert.deepEqual(filesWithCodes(profile), [], 'the browser’s profile');
  await browser.context.close();
  assert.deepEqual(filesWithCodes(profile), [], 'the browser’s profile once it is closed');
});
