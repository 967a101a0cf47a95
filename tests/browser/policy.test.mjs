// An institution profile set by an administrator, through Chromium's own policies.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { EXTENSION_ID, ROOT, launch } from './browser.mjs';
import { idOf, managedMachine } from './managed-machine.mjs';
import { Overlay } from './overlay-reader.mjs';
import { installPolicyFile, writePolicy, removePolicies } from './policy-files.mjs';
import { FULL_PROFILE } from './institution-profiles.mjs';
import { until } from './until.mjs';

const PRICES = 'https://www.kamusm.gov.tr/urunler/nitelikli_elektronik_sertifika/fiyatlandirma.jsp';

let browser;
afterEach(async () => {
  await browser?.close();
  browser = undefined;
});
after(removePolicies);

/** Opens the panel at the renewal of a family physician. */
async function renewal() {
  browser = await launch({ host: null });
  const panel = await browser.openPanel();
  await panel.press('Yenileme');
  await panel.chooseRole('Aile hekimi');
  await panel.waitForText('Adımlar');
  return panel;
}

test('a profile set by policy applies, is marked, and cannot be changed', async () => {
  writePolicy(FULL_PROFILE);
  const panel = await renewal();
  await panel.waitForText('Kurum bilgilerini bu tarayıcının yöneticisi belirledi.');
  await panel.waitForText(FULL_PROFILE.account.iban);
  await panel.waitForText('780,00 TL');
  assert.equal(await panel.page.locator('#institution').count(), 0);
  assert.equal(await panel.page.locator('#institution-file').count(), 0);
  await panel.page.locator('#home').click();
  await panel.press('Kayıp ya da çalıntı kart');
  await panel.page.locator('#sources > summary').click();
  await panel.waitForText('Kurumunuzun seçtiği yol budur.');
});

test('an invalid policy is ignored, with the reason', async () => {
  writePolicy({ ...FULL_PROFILE, account: { ...FULL_PROFILE.account, bank: 'Ziraat' } });
  const panel = await renewal();
  await panel.waitForText('Yöneticinin belirlediği kurum profili hatalı; kullanılmıyor.');
  await panel.waitForText('Profilde yazan ise “Ziraat”');
  assert.doesNotMatch(await panel.text(), /TR27/);
  await panel.choose('Kurumunuz', 'Mersin');
  await panel.waitForText('TR41 0001 2009 5940 0005 0000 47');
});

test('without a policy the user chooses', async () => {
  removePolicies();
  const panel = await renewal();
  assert.equal(await panel.page.locator('#institution').count(), 1);
  assert.doesNotMatch(await panel.text(), /TR\d\d/);
});

test('pages do not wait for the policy, and follow as soon as it is reported or removed', async () => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-'));
  const onPrices = async (before = () => {}) => {
    browser = await launch({ profile });
    await (await browser.worker()).evaluate(before);
    await browser.setSavedState({ current: 'renewal', role: 'family-physician' });
    const [page] = browser.context.pages();
    const overlay = await Overlay.on(page);
    await page.goto(PRICES);
    return overlay;
  };
  const pays = 'Seçtiğiniz işlem için ödeyeceğiniz: 600,00 TL.';
  try {
    writePolicy({ ...FULL_PROFILE, payments: [{ procedure: 'renewal', payer: 'institution' }] });
    const paysNothing = 'Aile hekimliği dışındaki personelden ilk başvuru ve yenilemede ödeme istenmez.';
    await (await onPrices()).waitForText(paysNothing);
    await browser.close();
    const silent = () => { chrome.storage.managed.get = () => new Promise(() => {}); };
    await (await onPrices(silent)).waitForText(paysNothing);
    await browser.close();
    removePolicies();
    await (await onPrices()).waitForText(pays); // on the same page, without a reload
  } finally {
    await browser.close();
    browser = undefined;
    fs.rmSync(profile, { recursive: true });
  }
});

describe('the policy files for administrators', () => {
  let machine;
  beforeEach(async () => { machine = await managedMachine(); });
  afterEach(() => machine.close());

  for (const file of fs.readdirSync(path.join(ROOT, 'manifest/policies/linux'))) {
    test(`${file}: installs the extension, even where all others are blocked, and sets the profile`, async () => {
      installPolicyFile(file, machine, { ExtensionInstallBlocklist: ['*'] });
      const context = await machine.start();
      await until('the installed extension', () => machine.isInstalled());
      const page = await context.newPage();
      await page.goto(`chrome-extension://${machine.id}/panel/list.html`);
      // The browser delivers policies a moment later.
      const profile = await page.evaluate(() => new Promise((resolve) => {
        const read = async () => {
          const { institution } = await chrome.storage.managed.get('institution');
          if (institution) resolve(institution);
        };
        chrome.storage.managed.onChanged.addListener(read);
        read();
      }));
      const { $schema, ...expected } = FULL_PROFILE;
      assert.deepEqual(profile, expected);
    });
  }
});

describe('what a policy blocks', () => {
  let other;
  before(() => {
    other = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-yabanci-'));
    fs.writeFileSync(path.join(other, 'manifest.json'), JSON.stringify({
      manifest_version: 3, name: 'Yabancı', version: '1', background: { service_worker: 'worker.js' },
    }));
    fs.writeFileSync(path.join(other, 'worker.js'), '');
  });
  after(() => fs.rmSync(other, { recursive: true }));

  async function loaded() {
    browser = await launch({ host: null, extensions: [other] });
    await browser.worker();
    const [page] = browser.context.pages();
    await page.goto('chrome://version'); // all extensions are loaded by now
    return browser.context.serviceWorkers().map((worker) => new URL(worker.url()).host);
  }

  test('is not loaded beside this one', async () => {
    writePolicy(FULL_PROFILE, { ExtensionInstallBlocklist: [idOf(other)] });
    assert.deepEqual(await loaded(), [EXTENSION_ID]);
  });

  test('is loaded without it', async () => {
    writePolicy(FULL_PROFILE);
    assert.equal((await loaded()).length, 2);
  });
});
