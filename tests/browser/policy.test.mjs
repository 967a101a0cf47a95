// The institution's profile as the browser's administrator lays it down: through Chromium's own policies.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { launch } from './browser.mjs';
import { layDown, takeAway } from './policy.mjs';
import { WHOLE } from './profiles.mjs';

let browser;
afterEach(async () => {
  await browser?.close();
  browser = undefined;
});
after(takeAway);

/** The panel at the renewal of a family physician. */
async function renewal() {
  browser = await launch({ host: null });
  const panel = await browser.openPanel();
  await panel.press('Yenileme');
  await panel.page.getByLabel('Aile hekimi').check();
  await panel.says('Adımlar');
  return panel;
}

test('a policy’s profile holds for everybody, is marked, and leaves no choice', async () => {
  layDown(WHOLE);
  const panel = await renewal();
  await panel.says('Kurum bilgilerini bu tarayıcının yöneticisi belirledi.');
  await panel.says(WHOLE.account.iban);
  await panel.says('800,00 TL'.replace('800', '780'));
  assert.equal(await panel.page.locator('#institution').count(), 0);
  assert.equal(await panel.page.locator('#institution-file').count(), 0);
  await panel.page.locator('#home').click();
  await panel.press('Kayıp ya da çalıntı kart');
  await panel.says('Kurumunuzun seçtiği yol budur.');
});

test('a wrong policy is not used, and says why', async () => {
  layDown({ ...WHOLE, account: { ...WHOLE.account, bank: 'Ziraat' } });
  const panel = await renewal();
  await panel.says('Yöneticinin belirlediği kurum profili hatalı; kullanılmıyor.');
  await panel.says('Profilde yazan ise “Ziraat”');
  assert.doesNotMatch(await panel.text(), /TR27/);
  await panel.choose('Kurumunuz', 'Mersin');
  await panel.says('TR41 0001 2009 5940 0005 0000 47');
});

test('without a policy the choice is the user’s', async () => {
  takeAway();
  const panel = await renewal();
  assert.equal(await panel.page.locator('#institution').count(), 1);
  assert.doesNotMatch(await panel.text(), /IBAN/);
});
