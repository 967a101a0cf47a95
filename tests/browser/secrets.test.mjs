// What never leaves the page: codes, captchas and the security word. Proven from the messages that
// leave the content script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { questions } from './questions.mjs';
import { until } from './until.mjs';

const SECRET_FIELDS = ['resimYazi', 'sozcuk', 'onayKodu', 'yeniPin', 'yeniPinTekrar', 'guvenlikSozcugu'];
const PAGES = [
  'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=login',
  'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=sms-code',
  'https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock',
  'https://portal.kamusm.gov.tr/bp/ws.go',
  'https://portal.kamusm.gov.tr/bp/ws.go?ekran=form',
];

let browser;
let page;
before(async () => {
  browser = await launch();
  [page] = browser.context.pages();
});
after(() => browser?.close());

/** Types a text of its own into every field that takes one; returns them by field name. */
async function fillAll() {
  const typed = new Map();
  for (const field of await page.locator('input:not([type=submit]), textarea').all()) {
    if (!await field.isEditable()) continue;
    const name = await field.getAttribute('name');
    const text = await field.getAttribute('type') === 'email' ? `${name}@ornek.example` : `yazilan-${name}`;
    await field.fill(text);
    typed.set(name, text);
  }
  return typed;
}

for (const url of PAGES) {
  test(url, async () => {
    const asked = await questions(browser);
    await page.goto(url);
    const typed = await fillAll();
    await page.evaluate(() => document.body.append('son'));
    const last = await until('a question after the last key', async () => (
      (await asked()).find(({ snapshot }) => snapshot?.texts?.includes('son'))
    ));
    const messages = JSON.stringify(await asked());
    for (const [name, text] of typed) {
      const secret = SECRET_FIELDS.includes(name);
      assert.equal(messages.includes(text), !secret, `${name} ${secret ? 'is' : 'is not'} read`);
    }
    assert.ok(last.snapshot.fields.length >= typed.size, 'the fields themselves are known');
  });
}

/** Markups in which nothing but a person would see a label. None may be read. */
const DISGUISES = {
  'a heading before it': '<h3>SMS Doğrulama Kodu</h3><input name="j_idt12">',
  'a sentence before it': '<p>Lütfen cep telefonunuza SMS ile gönderilen doğrulama kodunu giriniz.</p><input name="j_idt12">',
  'a long cell': '<table><tr><td>Güvenlik Sözcüğü (başvuru formunda belirlediğiniz en az altı karakterli kelime olarak yazılacak)</td><td><input name="f12"></td></tr></table>',
  'a head cell above': '<table><tr><th>Yeni PIN Kodu</th></tr><tr><td><input name="f13"></td></tr></table>',
  'a legend': '<fieldset><legend>PIN Kodu</legend><input name="f14"></fieldset>',
  'a text behind it': '<p><input name="f15"> Güvenlik Sözcüğü</p>',
  'a picture’s text': '<label for="f16"><img alt="PIN Kodu"></label><input id="f16" name="f16">',
  'a hidden label': '<label for="f17" style="display:none">Şifre</label><input id="f17" name="f17">',
  'a description': '<p id="d18">Kısa mesajla gelen kod</p><div><input name="f18" aria-describedby="d18"></div>',
  'other words for a captcha': '<label>Resimde gördüğünüz karakterler <input name="f19"></label>',
  'a code by telephone': '<label>Cep telefonunuza gelen kod <input name="f20"></label>',
  'a word for safety': '<label>Güvenlik Kelimesi <input name="f21"></label>',
  'a name in English': '<label>Değer <input name="newpin"></label>',
  'a known captcha library': '<label>Değer <input name="kaptcha"></label>',
  'an invisible space': '<label>PI\u200bN Kodu <input name="f22"></label>',
};

test('a secret is not read in any disguise', async () => {
  const asked = await questions(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  for (const markup of Object.values(DISGUISES)) {
    await page.evaluate((html) => document.querySelector('form').insertAdjacentHTML('beforebegin', `<div class="gizli">${html}</div>`), markup);
  }
  const fields = await page.locator('.gizli input').all();
  assert.equal(fields.length, Object.keys(DISGUISES).length);
  for (const [index, field] of fields.entries()) await field.fill(`gizli-${index}-metin`);
  await page.evaluate(() => document.body.append('son'));
  await until('a question after the last key', async () => (
    (await asked()).some(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  const messages = JSON.stringify(await asked());
  for (const [index, name] of Object.keys(DISGUISES).entries()) {
    assert.ok(!messages.includes(`gizli-${index}-metin`), name);
  }
});

test('one box for each digit, and a field that takes a secret one’s place, are not read', async () => {
  const asked = await questions(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate(() => {
    const boxes = '<input name="kutu" maxlength="9">'.repeat(4);
    document.querySelector('form').insertAdjacentHTML('beforebegin', `<p>SMS Kodu ${boxes}</p>
      <p><label>Değer <input type="password" name="degisen"></label></p>`);
  });
  await until('a question', async () => (await asked()).some(({ snapshot }) => snapshot?.fields?.some((field) => field.name === 'degisen')));
  await page.evaluate(() => {
    const old = document.querySelector('[name=degisen]');
    old.outerHTML = '<input type="text" name="degisen">';
  });
  for (const field of await page.locator('[name=kutu], [name=degisen]').all()) await field.fill('gizli-yazi'.slice(0, 9));
  await page.evaluate(() => document.body.append('son'));
  await until('a question after the last key', async () => (
    (await asked()).some(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  assert.ok(!JSON.stringify(await asked()).includes('gizli-yaz'));
});

test('a PIN that the page shows as text leaves it in no place', async () => {
  const asked = await questions(browser);
  await page.goto('https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock');
  await page.evaluate(() => {
    document.title = 'PIN 482109';
    document.querySelector('main').insertAdjacentHTML('beforeend', `
      <h2>482109</h2><button type="button">482109</button><label>PIN 482109 <input name="a"></label>
      <p>48 21 09</p><p>482-109</p><p><b>4</b> <b>8</b> <b>2</b></p><p>PUK: 48A21B09</p><input placeholder="482109">
      <select><option>482109</option></select><p>son</p>`);
  });
  const last = await until('the question', async () => (
    (await asked()).find(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  const { url, fields, ...said } = last.snapshot;
  const shown = JSON.stringify([said, fields.map(({ ref, name, id, ...rest }) => rest), said.buttons.map((button) => button.text)]);
  assert.doesNotMatch(shown.replaceAll(/"ref":"\w+"/g, ''), /\d/);
});

test('a password that the page shows as text is still not read', async () => {
  const asked = await questions(browser);
  await page.goto('https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock');
  await page.evaluate(() => {
    const field = document.querySelector('[name=yeniPin]');
    field.labels[0].textContent = 'Kod';
    field.name = 'x';
    field.id = 'y';
  });
  await until('a question', async () => (await asked()).some(({ snapshot }) => snapshot?.fields?.some((field) => field.name === 'x')));
  await page.evaluate(() => { document.querySelector('[name=x]').type = 'text'; });
  await page.locator('[name=x]').fill('86420');
  await page.evaluate(() => document.body.append('son'));
  await until('a later question', async () => (await asked()).some(({ snapshot }) => snapshot?.texts?.includes('son')));
  assert.ok(!JSON.stringify(await asked()).includes('86420'));
});
