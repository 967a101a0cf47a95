// Institutions: none by default; an imported profile only after confirmation, and marked from then on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { launch } from './browser.mjs';
import { FULL_PROFILE } from './institution-profiles.mjs';
import { until } from './until.mjs';

let browser;
let panel;
let folder;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profil-'));
  browser = await launch({ host: null });
  panel = await browser.openPanel();
  await panel.press('Yenileme');
  await panel.chooseRole('Aile hekimi');
  await panel.waitForText('Adımlar');
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await browser.setSavedState({ role: 'family-physician' });
  await until('no institution', async () => (await panel.text()).includes('birimine sorun:'));
});

const stored = async () => (await (await browser.worker()).evaluate(() => chrome.storage.local.get('notebook'))).notebook;

/** Chooses a file with this text. */
function take(text) {
  const file = path.join(folder, 'profil.json');
  fs.writeFileSync(file, text);
  return panel.chooseFile('#institution-file', file);
}

const pretty = (profile) => JSON.stringify(profile, null, 2);

test('a file is imported only after holder and IBAN are confirmed, and stays marked', async () => {
  await take(pretty(FULL_PROFILE));
  await panel.waitForText('Bu kurum bilgileri kaydedilsin mi?');
  await panel.waitForText(`IBAN doğru: ${FULL_PROFILE.account.iban}`);
  const takeButton = panel.page.locator('#institution-take');
  assert.ok(await takeButton.isDisabled());
  await panel.page.locator('#institution-holder').check();
  assert.ok(await takeButton.isDisabled());
  await panel.page.locator('#institution-iban').check();
  assert.equal((await stored()).imported, undefined, 'nothing is imported yet');
  await panel.press('Kaydet');
  await panel.waitForText('Kurum bilgileri sizin aldığınız bir dosyadan.');
  await panel.waitForText(FULL_PROFILE.account.holder);
  await panel.waitForText('Kurumunuza ödenecek: 3 yıllık NES 780,00 TL (kurumunuzun 01.11.2026 tarihli bilgisi)');
  assert.equal(await panel.page.getByRole('link', { name: /^Başvuru portalı/ }).getAttribute('href'), FULL_PROFILE.links[0].address);
  await until('the stored profile', async () => (await stored()).imported?.length === 1);
  const list = await browser.context.newPage();
  await list.goto(panel.page.url().replace('index.html', 'list.html?islem=renewal'));
  await list.getByText('Kurum bilgileri sizin aldığınız bir dosyadan.').first().waitFor();
  assert.match(await list.locator('body').innerText(), /Ad Soyad T\.C\.Kimlik-No NES/);
  await list.goto(list.url().replace('renewal', 'lost'));
  await list.getByText('Kurum bilgileri sizin aldığınız bir dosyadan.').first().waitFor();
  await list.close();
  await panel.press('Yüklenen kurum bilgilerini sil');
  await until('no account', async () => !(await panel.text()).includes(FULL_PROFILE.account.iban));
});

test('everything that a profile will show is shown before it is accepted', async () => {
  await take(pretty(FULL_PROFILE));
  await panel.waitForText('Bu kurum bilgileri kaydedilsin mi?');
  const shown = await panel.text();
  const { $schema, format, id, ...content } = FULL_PROFILE;
  const ids = ['renewal', 'family-physician', 'person', 'email', 'lost', 'guide', '2024-03-12', '2026-11-01', '2026-11-25']; // shown in words
  const texts = [];
  const collect = (value) => {
    if (typeof value === 'object') Object.values(value).forEach(collect);
    else if (typeof value === 'string' && !ids.includes(value)) texts.push(value);
  };
  collect(content);
  assert.ok(texts.length > 15);
  assert.deepEqual(texts.filter((text) => !shown.includes(text)), []);
  for (const text of ['12.03.2024', '01.11.2026', '25.11.2026', 'Yenileme (Aile hekimi)', 'Kayıp ya da çalıntı kart', 'Dekontun aslını verin.']) assert.ok(shown.includes(text), text);
  await panel.press('Vazgeç');
});

test('accounts, codes and look-alike letters anywhere else in a profile are rejected with their line', async () => {
  const notes = (text) => pretty({ ...FULL_PROFILE, notes: [text] });
  const lineOf = (file, text) => file.split('\n').findIndex((line) => line.includes(text)) + 1;
  for (const [text, reason] of [
    ['Yeni hesap TR78-0001-0012-3138-0704-4450-01', 'içinde bir hesap numarası var'], ['PUKunuzu gönderin', 'PIN, PUK, şifre'],
    ['Hаlkbank', 'U+0430'],
  ]) {
    const file = notes(text);
    await take(file);
    await panel.waitForText(reason);
    assert.match(await panel.text(), new RegExp(`Satır ${lineOf(file, text)}`));
  }
  await take(pretty({ ...FULL_PROFILE, account: { ...FULL_PROFILE.account, bank: 'Örnek Bankası' } }));
  await panel.waitForText('bilinen bir banka adı değil');
  await take(pretty(FULL_PROFILE));
  await panel.waitForText('Bu kurum bilgileri kaydedilsin mi?');
  await panel.press('Vazgeç');
});

test('an abandoned import changes nothing', async () => {
  const before = await stored();
  await take(pretty(FULL_PROFILE));
  await panel.page.locator('#institution-holder').check();
  await panel.press('Vazgeç');
  await until('no confirmation', async () => !(await panel.text()).includes('kaydedilsin mi'));
  assert.deepEqual(await stored(), before);
});

test('an invalid file is rejected with line and reason, and changes nothing', async () => {
  const before = await stored();
  const foreign = pretty({ ...FULL_PROFILE, links: [{ text: 'Ödeme', address: 'https://odeme.example.org/' }] });
  const line = foreign.split('\n').findIndex((text) => text.includes('odeme.example')) + 1;
  await take(foreign);
  await panel.waitForText('Dosya yüklenmedi; hiçbir şey değişmedi.');
  await panel.waitForText(`Satır ${line}: Profil yalnızca Kamu SM’nin bilinen sayfalarına bağlantı verebilir`);
  await take(pretty({ ...FULL_PROFILE, account: { ...FULL_PROFILE.account, bank: 'Ziraat' } }));
  await panel.waitForText('00012 (Halkbank). Profilde yazan ise “Ziraat”');
  await take(Buffer.from(pretty(FULL_PROFILE).replaceAll(/[ğĞıİşŞ]/g, 'x'), 'latin1')); // in the encoding of old editors
  await panel.waitForText('Dosyayı UTF-8 olarak kaydedin');
  await take('{"format": 1');
  await panel.waitForText('Satır 1: Dosya okunamadı (JSON biçimi bozuk)');
  await take('x'.repeat(2_000_000));
  await panel.waitForText('Dosya bir kurum profili için fazla büyük');
  assert.deepEqual(await stored(), before);
});

test('the same file can be chosen again after correction', async () => {
  await take('{');
  await panel.waitForText('Dosya yüklenmedi');
  await take(pretty(FULL_PROFILE));
  await panel.waitForText('Bu kurum bilgileri kaydedilsin mi?');
  await panel.press('Vazgeç');
});

test('markup in a profile is shown as text', async () => {
  await take(pretty({ ...FULL_PROFILE, account: undefined, name: '<img src=x onerror=alert(1)>', notes: ['<b>kalın</b>'] }));
  await panel.waitForText('<img src=x onerror=alert(1)>');
  await panel.press('Kaydet');
  await panel.page.locator('#unfold-deliver').click();
  await panel.waitForText('<b>kalın</b>');
  assert.equal(await panel.page.locator('img, b').count(), 0);
});

test('a change that cannot be stored is not shown as stored', async () => {
  const worker = await browser.worker();
  await worker.evaluate(() => {
    globalThis.store = chrome.storage.local.set;
    chrome.storage.local.set = () => Promise.reject(new Error('full'));
  });
  try {
    await panel.choose('Kurumunuz', 'Mersin');
    await panel.waitForText('Son değişiklik kaydedilemedi');
    assert.doesNotMatch(await panel.text(), /TR41/);
  } finally {
    await worker.evaluate(() => { chrome.storage.local.set = globalThis.store; });
  }
  await panel.choose('Kurumunuz', 'Mersin');
  await panel.waitForText('TR41 0001 2009 5940 0005 0000 47');
  assert.doesNotMatch(await panel.text(), /kaydedilemedi/);
});
