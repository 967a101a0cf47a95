// A page that took over a content script: it reaches no storage, and no message plants or reads an institution profile.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { launch, registerHost } from './browser.mjs';
import { contentScriptOf } from './content-script.mjs';
import { FULL_PROFILE } from './institution-profiles.mjs';
import { Overlay } from './overlay-reader.mjs';
import { removePolicies, writePolicy } from './policy-files.mjs';
import { until } from './until.mjs';
import { SCREENS, addressOf } from '../portal/screens.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const PRICES = 'https://www.kamusm.gov.tr/urunler/nitelikli_elektronik_sertifika/fiyatlandirma.jsp';
const AREAS = ['local', 'session', 'sync', 'managed'];
/** What must not come out of a profile. */
const OF_PROFILE = [
  FULL_PROFILE.account.iban, FULL_PROFILE.account.iban.replaceAll(' ', ''), FULL_PROFILE.account.holder, FULL_PROFILE.unit.email,
  FULL_PROFILE.unit.phone, FULL_PROFILE.unit.name, FULL_PROFILE.name, 'Başka Ad', FULL_PROFILE.sources[0],
];
const IMPORTED = {
  role: 'family-physician', current: 'renewal', institution: `imported:${FULL_PROFILE.id}`, imported: [JSON.stringify(FULL_PROFILE)],
};
/** A profile with a foreign account, as an attacker would plant it. */
const PLANTED = JSON.stringify({
  ...FULL_PROFILE, id: 'sahte', account: { ...FULL_PROFILE.account, holder: 'Yabancı', iban: 'TR78 0001 0012 3138 0704 4450 01', bank: 'Ziraat' },
});

let browser;
let page;
let worker;
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-depo-'));
before(async () => {
  writePolicy(FULL_PROFILE);
  await start();
});
after(async () => {
  await browser?.close();
  removePolicies();
  fs.rmSync(profile, { recursive: true, force: true });
});

async function start() {
  registerHost(profile);
  browser = await launch({ profile });
  [page] = browser.context.pages();
  await page.goto(FORM);
  worker = await browser.worker();
}

/** Returns what every storage method answers in the content script's world, by area. */
const attacks = (run) => run(`(async () => {
  const answers = {};
  for (const area of ${JSON.stringify(AREAS)}) {
    const calls = {
      get: () => chrome.storage[area].get(), getKeys: () => chrome.storage[area].getKeys(), bytes: () => chrome.storage[area].getBytesInUse(),
      set: () => chrome.storage[area].set({ notebook: { imported: [${JSON.stringify(PLANTED)}] } }),
      remove: () => chrome.storage[area].remove('notebook'), clear: () => chrome.storage[area].clear(),
      open: () => chrome.storage[area].setAccessLevel({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' }),
    };
    for (const [name, call] of Object.entries(calls)) {
      answers[area + '.' + name] = await Promise.resolve().then(call).then((answer) => 'done: ' + JSON.stringify(answer), () => 'refused');
    }
  }
  return answers;
})()`);

const stored = (area) => worker.evaluate((name) => chrome.storage[name].get(), area);

test('a content script can neither read nor write any storage area', async () => {
  await browser.setSavedState(IMPORTED);
  const before = await stored('local');
  const answers = await attacks(await contentScriptOf(page));
  assert.equal(Object.keys(answers).length, AREAS.length * 7);
  for (const [call, answer] of Object.entries(answers)) assert.equal(answer, 'refused', call);
  assert.deepEqual(await stored('local'), before);
});

test('changes of the storage are not reported to a content script, only that hints may have changed', async () => {
  const run = await contentScriptOf(page);
  await run(`(() => {
    globalThis.reported = [];
    globalThis.notices = [];
    chrome.storage.onChanged.addListener((...change) => reported.push(change));
    for (const area of ${JSON.stringify(AREAS)}) chrome.storage[area].onChanged.addListener((...change) => reported.push(change));
    chrome.runtime.onMessage.addListener((message) => { notices.push(message); });
  })()`);
  await browser.setSavedState({ ...IMPORTED, role: 'other-staff' });
  await worker.evaluate(() => chrome.storage.session.set({ deneme: 1 }));
  const notices = await until('the notice', async () => {
    const received = await run('notices');
    return received.length > 0 && received;
  });
  assert.deepEqual(notices[0], { type: 'settingsChanged' });
  assert.deepEqual(await run('reported'), []);
});

test('no message of a content script plants a profile, or has one answered', async () => {
  await browser.setSavedState(IMPORTED);
  await page.goto(PRICES);
  const run = await contentScriptOf(page);
  const { screen, visits, ...before } = (await stored('local')).notebook;
  const answers = await run(`(async () => {
    const planted = ${JSON.stringify(PLANTED)};
    const change = { change: 'import', profile: planted };
    const snapshot = takeSnapshot();
    const messages = [
      { type: 'applyChange', change }, { type: 'applyChange', change: { change: 'institution', institution: 'mersin' } },
      { type: 'applyChange', change: { change: 'forget', id: 'ornek-il' } }, { type: 'advise', snapshot, change },
      { type: 'advise', snapshot: { ...snapshot, imported: [planted] } }, { type: 'advise', snapshot, savedState: { imported: [planted] } },
      { type: 'setFolded', folded: { notebook: { imported: [planted] } } }, { type: 'setFolded', folded: true, notebook: planted },
      { type: 'getFolded', key: 'notebook' }, { type: 'getTransferSheet' }, { type: 'getPage' }, { type: 'settingsChanged' },
      { type: 'setPage', tab: 1, screen: 'portal.form' }, { type: 'advise', snapshot }, { type: 'getFolded' },
    ];
    const answers = [];
    for (const message of messages) answers.push(await chrome.runtime.sendMessage(message).catch(() => null) ?? null);
    return answers;
  })()`);
  assert.ok(answers.at(-2).page, 'the page itself is answered');
  assert.deepEqual(answers.slice(0, -2).filter((answer) => answer !== null), []);
  for (const text of OF_PROFILE) assert.ok(!JSON.stringify(answers).includes(text), text);
  const { screen: _, visits: __, ...now } = (await stored('local')).notebook;
  assert.deepEqual({ ...now, prices: undefined, procedures: undefined }, { ...before, prices: undefined, procedures: undefined });
  assert.equal((await stored('local')).overlayFolded, undefined);
});

test('no screen is told anything of the profile, whatever the user does there', async () => {
  for (const current of ['renewal', 'lost']) {
    await browser.setSavedState({ ...IMPORTED, current });
    for (const each of SCREENS) {
      await page.goto(addressOf(each));
      const run = await contentScriptOf(page);
      if (run === null) continue;
      const answer = JSON.stringify(await run('chrome.runtime.sendMessage({ type: "advise", snapshot: takeSnapshot() })'));
      for (const text of OF_PROFILE) assert.ok(!answer.includes(text), `${each.id}: ${text}`);
    }
  }
});

test('the panel stays folded over pages without the content script reaching the storage', async () => {
  await page.goto(FORM);
  const overlay = await Overlay.on(page);
  await overlay.press('Küçült');
  await until('the stored state', async () => (await stored('local')).overlayFolded === true);
  await page.goto(FORM);
  await until('the chip', async () => (await overlay.textsOf('corner-tab')).length === 1);
  await worker.evaluate(() => chrome.storage.local.set({ overlayFolded: false }));
});

test('the storage is closed after a restart too: the browser remembers it', async () => {
  await browser.close();
  await start();
  for (const [call, answer] of Object.entries(await attacks(await contentScriptOf(page)))) assert.equal(answer, 'refused', call);
  const preferences = fs.readFileSync(path.join(profile, 'Default/Preferences'), 'utf8')
    + fs.readFileSync(path.join(profile, 'Default/Secure Preferences'), 'utf8');
  assert.match(preferences, /access_level/, 'the browser remembers it');
});
