// Findings in form fields while the user fills them in, on the test portal.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ALL_MARKUPS } from '../portal/page.mjs';
import { SCREENS, addressOf } from '../portal/screens.mjs';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { contentScriptOf } from './content-script.mjs';
import { until } from './until.mjs';

const QUERY = SCREENS.find((screen) => screen.id === 'sanalpos.query');
const FORM = SCREENS.find((screen) => screen.id === 'portal.form');
const LOGIN = SCREENS.find((screen) => screen.id === 'nesbireysel.login');

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
after(() => browser?.close());

/** Returns the ids of the findings on the current page, without the page's own hints. */
async function findingIds() {
  const run = await contentScriptOf(page);
  const ids = await run(`chrome.runtime.sendMessage({ type: 'advise', snapshot: takeSnapshot() })
    .then((answer) => (answer?.hints ?? []).filter(({ severity }) => severity !== 'info').map(({ id }) => id))`);
  return ids;
}

const finds = (...ids) => until(ids.join() || 'nothing', async () => JSON.stringify(await findingIds()) === JSON.stringify(ids));

async function go(screen, markup) {
  await page.goto(addressOf(screen, markup));
  await page.locator(`[name=${screen.fields[0].name}]`).waitFor();
  await until('hints', async () => (await overlay.nodes()).length > 3);
}

describe('T.C. kimlik no', () => {
  for (const markup of ALL_MARKUPS) {
    test(`finds a wrong digit and accepts a valid number in the markup ${markup}`, async () => {
      await go(QUERY, markup);
      const field = page.locator('[name=kimlikNo]');
      await field.fill('10000000147');
      await finds('identity.checksum');
      await overlay.waitForText('yazım yanlışı var');
      await field.fill('10000000146');
      await finds();
    });
  }

  test('a number that is still being typed is not too short', async () => {
    await go(QUERY);
    const field = page.locator('[name=kimlikNo]');
    await field.pressSequentially('1000000014');
    await finds();
    await field.blur();
    await finds('identity.length');
    await field.focus();
    await finds('identity.length');
    await field.press('End');
    await field.press('6');
    await finds();
  });

  test('accepts a passport number where one is allowed, in any markup', async () => {
    for (const markup of ALL_MARKUPS) {
      await go(LOGIN, markup);
      await page.locator('[name=kimlikNo]').fill('U12345678');
      await finds();
      await page.locator('[name=kimlikNo]').fill('10000000147');
      await finds('identity.or.passport');
    }
  });
});

test('checks phone, e-mail and date of birth in their fields', async () => {
  await go(FORM);
  await page.locator('[name=gsm]').fill('0324 337 34 99');
  await page.locator('[name=eposta]').fill('deneme@gmial.com');
  await page.locator('[name=eposta]').blur();
  await finds('phone.mobile', 'email.domain');
  await page.locator('[name=gsm]').fill('0532 123 45 67');
  await page.locator('[name=eposta]').fill('deneme@gmail.com');
  await finds();
  await go(SCREENS.find((screen) => screen.id === 'portal.login'));
  await page.locator('[name=dogumTarihi]').fill('31.02.1980');
  await finds('birth.date.none');
  await page.locator('[name=dogumTarihi]').fill('1/2/1980');
  await page.locator('[name=dogumTarihi]').blur();
  await page.locator('[name=dogumTarihi]').focus();
  await overlay.press('01.02.1980');
  assert.equal(await page.locator('[name=dogumTarihi]').inputValue(), '01.02.1980');
});

describe('mandatory fields', () => {
  const MISSING = 'Boş kalan zorunlu alanlar: Başvuru Nedeni, Kart Okuyucu Tipi, Sertifika Süresi, E-posta, İl, İlçe, Adres.';

  test('are not reported before the user reaches the button', async () => {
    await go(FORM);
    await page.locator('[name=gsm]').fill('0532 123 45 67');
    await finds();
    await page.mouse.move(5, 5);
    await finds();
    const button = page.getByRole('button', { name: 'Gönder' });
    await button.hover();
    // The card of the field with the focus stays; the button has a badge.
    await until('its badge', async () => (await overlay.nodes()).some(({ attributes = [] }) => attributes.some((each) => /: 1, Gönder/.test(each))));
    await button.focus();
    await overlay.waitForText(MISSING);
    await page.mouse.move(5, 5);
    await page.locator('[name=il]').fill('Mersin');
    await button.focus();
    await overlay.waitForText(MISSING.replace(' İl,', ''));
  });

  test('are reported when the keyboard focus reaches it, except for secret ones', async () => {
    await go(FORM);
    await page.locator('[name=gsm]').fill('0532 123 45 67');
    await page.locator('[name=guvenlikSozcugu]').focus();
    await page.keyboard.press('Tab');
    await overlay.waitForText(MISSING);
    assert.doesNotMatch(await overlay.text(), /Boş kalan[^.]*Güvenlik/);
  });

  test('are not reported when a script moves the focus', async () => {
    await page.close(); // discards earlier user activation
    page = await browser.context.newPage();
    overlay = await Overlay.on(page);
    // Playwright's own way to run a script, or to wait for an element, counts as a press by the user.
    await page.goto(addressOf(FORM));
    await overlay.waitForText('Bu form e-imza başvurunuzdur');
    const run = await contentScriptOf(page);
    await run("document.querySelector('form button').focus()");
    await run("document.body.append('son')");
    await finds();
    assert.doesNotMatch(await overlay.text(), /Boş kalan/);
  });

  test('do not block submission', async () => {
    await go(FORM);
    const button = page.getByRole('button', { name: 'Gönder' });
    await button.hover();
    await overlay.waitForText('Boş kalan zorunlu alanlar');
    await button.click();
    await page.waitForURL(/ekran=sign/);
  });
});

describe('a choice that contradicts the procedure', () => {
  const setSavedState = (state) => browser.setSavedState(state);

  /** Chooses as a user does. */
  async function choose(name, text) {
    await page.locator(`[name=${name}]`).selectOption({ label: text });
  }

  test('is reported only in that procedure', async () => {
    await setSavedState({ current: 'renewal', role: 'family-physician' });
    await go(FORM);
    await choose('basvuruNedeni', 'Kayıp Çalıntı');
    await finds('choice.reason.cancels');
    await page.locator('[name=basvuruNedeni]').focus();
    await overlay.waitForText('geçerli sertifikanızı iptal ettirir');
    await choose('basvuruNedeni', 'Yenileme');
    await finds();
    await setSavedState({ current: 'lost' });
    await finds('choice.reason.lost');
    await setSavedState({});
    await finds();
  });

  test('can be dismissed', async () => {
    await setSavedState({ current: 'renewal', role: 'family-physician' });
    await go(FORM);
    await choose('basvuruNedeni', 'Diğer');
    await page.locator('[name=basvuruNedeni]').focus();
    await overlay.waitForText('“Diğer” ise ek bir sertifika içindir');
    await overlay.press('Olduğu gibi bırak');
    await until('no finding', async () => !(await overlay.text()).includes('ek bir sertifika içindir'));
    assert.equal(await page.locator('[name=basvuruNedeni]').inputValue(), 'Diğer');
  });
});
