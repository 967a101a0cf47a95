// PIN and PUK exist only in the host's prompt and on the card: unlocks at the most verbose log level, then searches
// everything that could contain them.
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

/** Returns eight random digits, which occur nowhere by chance. */
const code = () => String(randomInt(10_000_000, 100_000_000));
const [OLD_PIN, PUK, NEW_PIN] = [code(), code(), code()];
const CODES = [OLD_PIN, PUK, NEW_PIN];

let folder;
let browser;
let card;

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-codes-'));
  const verboseHost = path.join(folder, 'host');
  fs.writeFileSync(verboseHost, `#!/bin/sh\nEIMZA_LOG=trace exec "${HOST}" "$@" 2>>"${folder}/log"\n`, { mode: 0o755 });
  card = await insertCard(0, '--pin', OLD_PIN, '--puk', PUK, '--pin-tries', '0');
  browser = await launch({ host: { path: verboseHost }, switches: ['--enable-logging', '--v=1'] });
});
after(async () => {
  await browser?.close();
  await card?.remove();
  fs.rmSync(folder, { recursive: true });
});

/** Returns the codes that a file, a text or a memory image contains, in UTF-8 or UTF-16. */
function codesIn(bytes) {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes);
  return CODES.filter((each) => buffer.includes(each) || buffer.includes(Buffer.from(each, 'utf16le')));
}

/** Returns the files below a folder that contain a code. */
function filesWithCodes(root) {
  return fs.readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => codesIn(fs.readFileSync(file)).length > 0);
}

/**
 * Returns the command lines of the processes with a code in command line or environment, except for the virtual card
 * and the fake pinentry, which get the codes as input.
 */
function processesWithCodes() {
  const checked = [];
  const withCodes = [];
  for (const id of fs.readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      const [line, environment] = ['cmdline', 'environ'].map((name) => fs.readFileSync(`/proc/${id}/${name}`));
      if (line.includes('eimza-virtual-card') || line.includes(browser.pinentry.folder)) continue;
      checked.push(line.toString());
      if (codesIn(line).length > 0 || codesIn(environment).length > 0) withCodes.push(line.toString());
    } catch {
      // The process has exited.
    }
  }
  assert.ok(checked.some((line) => line.includes('chromium')) && checked.some((line) => line.startsWith(HOST)), 'browser and host were checked');
  return withCodes;
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
  await panel.press('Kilidi çöz');
  await panel.press('Evet, kilidi çöz');
  await until('the second prompt', () => browser.pinentry.input.match(/^GETPIN$/gmu)?.length === 2);
  assert.deepEqual(processesWithCodes(), []);
  browser.pinentry.resume();
  await panel.waitForText('Kartınızın kilidi çözüldü');
  assert.deepEqual(processesWithCodes(), []);

  const host = hostProcess();
  execFileSync('gcore', ['-a', '-o', path.join(folder, 'core'), host], { stdio: 'ignore' });
  const core = fs.readFileSync(path.join(folder, `core.${host}`));
  assert.ok(core.includes('Virtual PCD 00 00'), 'the memory image is complete');
  assert.deepEqual(codesIn(core), [], 'the host’s memory');

  const log = fs.readFileSync(path.join(folder, 'log'));
  assert.match(log.toString(), /00 ?2C/u, 'the log contains the unblock command');
  assert.deepEqual(codesIn(log), [], 'the host’s log');

  const worker = await browser.worker();
  const stored = await worker.evaluate(async () => Promise.all(
    ['local', 'session', 'managed'].map((area) => chrome.storage[area].get()),
  ));
  assert.deepEqual(codesIn(JSON.stringify(stored)), [], 'the extension’s storage');
  assert.deepEqual(codesIn(await panel.page.evaluate(() => JSON.stringify({ ...localStorage }) + document.documentElement.outerHTML)), []);

  const { profile } = browser;
  assert.ok(fs.existsSync(path.join(profile, 'chrome_debug.log')), 'the browser wrote a log');
  assert.deepEqual(filesWithCodes(profile), [], 'the browser’s profile');
  await browser.context.close();
  assert.deepEqual(filesWithCodes(profile), [], 'the browser’s profile once it is closed');
});
