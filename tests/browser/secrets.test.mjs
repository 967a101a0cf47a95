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
