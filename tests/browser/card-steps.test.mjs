// The card in the side panel, as the host reports it: what is said first, and how many clicks lead where.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { accessibilityViolations } from './accessibility.mjs';
import { Panel } from './panel-page.mjs';
import { open } from './looks/states.mjs';
import { ScriptedHost, readerWithCard } from './scripted-host.mjs';
import { until } from './until.mjs';

const BLOCKED = { state: 'blocked' };
const USABLE = { state: 'usable', tries: 3 };
const WARNING = 'gerçek bir AKİS kartında henüz denenmedi';

let browser, folder, host;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-card-'));
  host = new ScriptedHost(folder, { readers: [] });
  browser = await launch({ host: host.manifest });
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

/** Opens the panel with what the host reports. */
async function panelWith(script, wait) {
  return new Panel(await open(browser, host, { name: 'test', host: script, wait }));
}

const withCard = (card, days, wait) => panelWith({ card: { days, card } }, wait);

/** Returns the text of the headline and its button. */
async function headline(panel) {
  const box = panel.page.locator('.headline').first();
  return { text: await box.innerText(), button: await box.getByRole('button').innerText() };
}

/** Returns the names of the buttons that stand out. */
const mainButtons = (panel) => panel.page.locator('section.card button.primary').allInnerTexts();

/** Returns the text of the whole card part that comes before a button. */
const textAbove = (panel, id) => panel.page.evaluate((button) => {
  const range = document.createRange();
  range.setStart(document.body, 0);
  range.setEndBefore(document.getElementById(button));
  return range.toString();
}, id);

describe('the headline', () => {
  for (const [name, card, days, text, button] of [
    ['a blocked PIN', { pin: BLOCKED }, 400, 'PIN kilitli.', 'Kilidi çöz'],
    ['a certificate that ends soon', {}, 12, 'Sertifikanız 12 gün sonra bitiyor', 'Yenilemeye başla'],
    ['an expired certificate with a blocked PIN', { pin: BLOCKED }, -3, 'günü doldu', 'Yenilemeye başla'],
    ['one PIN try left', { pin: { state: 'usable', tries: 1 } }, 400, 'PIN için tek deneme kaldı.', 'PIN’imi unuttum'],
    ['both codes blocked', { pin: BLOCKED, puk: BLOCKED }, 400, 'PIN’i de PUK’u da kilitli.', 'Ne yapabilirim?'],
    ['a usable card', {}, 400, 'Kartınız kullanıma hazır.', 'Kartı yeniden oku'],
  ]) {
    test(`comes first, with its action: ${name}`, async () => {
      const panel = await withCard(card, days, text);
      const shown = await headline(panel);
      assert.ok(shown.text.includes(text), shown.text);
      assert.equal(shown.button, button);
      const first = panel.page.locator('section.card > :nth-child(2)');
      assert.match(await first.getAttribute('class'), /headline/u);
      assert.ok((await mainButtons(panel)).every((each) => each === button), 'nothing else stands out');
      assert.deepEqual(await accessibilityViolations(panel.page), []);
      await panel.page.close();
    });
  }

  test('of an expired certificate leaves the unlock among the others, which says that it is of no use', async () => {
    const panel = await withCard({ pin: BLOCKED }, -3, 'günü doldu');
    await panel.press('Kilidi çöz');
    await panel.waitForText('PUK kodunuz yanınızda mı?');
    assert.ok((await panel.text()).includes('Bu kartla artık geçerli imza atılamaz'));
    assert.deepEqual(await mainButtons(panel), []);
    await panel.page.close();
  });

  test('of both codes blocked leads to words for that, not to a PUK', async () => {
    const panel = await withCard({ pin: BLOCKED, puk: BLOCKED }, 400, 'PUK’u da kilitli');
    await panel.press('Ne yapabilirim?');
    await panel.waitForText('PIN de kilitli. Kamu SM’yi arayın: 444 5 576.');
    assert.ok(!(await panel.buttons()).includes('Evet, kilidi çöz'));
    await panel.page.close();
  });
});

test('from a locked card to the window for the codes it is two clicks, and the second says what it does', async () => {
  const panel = await panelWith({ card: { card: { pin: BLOCKED } }, answers: { unlock: null } }, 'PIN kilitli.');
  let clicks = 0;
  const click = (name) => { clicks += 1; return panel.press(name); };
  await click('Kilidi çöz');
  await panel.waitForText('PUK kodunuz yanınızda mı?');
  const above = await textAbove(panel, 'unlock');
  for (const text of ['PUK için kalan deneme: 3', 'PUK kodunu tahmin etmeyin', WARNING]) assert.ok(above.includes(text), text);
  await click('Evet, kilidi çöz');
  await panel.waitForText('Ayrı bir pencere açıldı');
  assert.ok(clicks <= 2, `${clicks} clicks`);
  await panel.page.close();
});

describe('the question about the PUK', () => {
  test('has three answers; the places name certainty, source and an address', async () => {
    const panel = await withCard({ pin: BLOCKED }, 400, 'PIN kilitli.');
    await panel.press('Kilidi çöz');
    const buttons = await panel.buttons();
    for (const name of ['Evet, kilidi çöz', 'PUK’umu nereden bulurum?', 'Hayır ya da emin değilim']) assert.ok(buttons.includes(name), name);
    await panel.press('PUK’umu nereden bulurum?');
    const places = panel.page.locator('.places > li');
    assert.equal(await places.count(), 2);
    for (const place of await places.all()) {
      assert.match(await place.innerText(), /Olası:|Kesin değil:/u);
      assert.match(await place.innerText(), /Kaynak: .*Son kontrol:/u);
      assert.match(await place.getByRole('link').getAttribute('href'), /^https:\/\/[a-z]+\.kamusm\.gov\.tr\//u);
    }
    assert.deepEqual(await accessibilityViolations(panel.page), []);
    await panel.press('PUK’umu buldum');
    await panel.waitForText('PUK kodunuz yanınızda mı?');
    await panel.press('PUK’umu nereden bulurum?');
    await panel.press('Adım adım göster');
    await panel.page.locator('#step-puk').getByText('gerekmiyor').waitFor();
    assert.equal(await panel.page.locator('#tick-puk').isChecked(), false, 'showing the way does not tick a step');
    await panel.page.close();
  });
});

describe('details', () => {
  test('are closed at first, and stay open while the host reports again', async () => {
    const panel = await withCard({}, 400, 'Kartınız kullanıma hazır.');
    const details = panel.page.locator('#card-details');
    assert.equal(await details.getAttribute('open'), null);
    assert.ok(!(await panel.text()).includes('Sertifika seri no'));
    await panel.page.locator('#card-details summary').click();
    await panel.waitForText('Sertifika seri no');
    host.report({ readers: [readerWithCard({ card: { pin: { state: 'usable', tries: 2 } } })] });
    await panel.waitForText('kalan deneme: 2');
    assert.notEqual(await details.getAttribute('open'), null);
    assert.ok((await panel.text()).includes('Sertifika seri no'));
    await panel.page.close();
  });
});

describe('the outcome', () => {
  /** Unlocks with an answer of the host. */
  async function unlock(answer, card = {}, days = 400) {
    const panel = await panelWith({ card: { days, card: { pin: BLOCKED, ...card } }, answers: { unlock: answer } }, 'Ayrıntılar');
    await panel.press('Kilidi çöz');
    await panel.press('Evet, kilidi çöz');
    return panel;
  }
  const unlocked = { result: { unlocked: { reader: 'ACS ACR39U ICC Reader 00 00' } } };

  test('of an unlock says what to do now, and that the PIN can be changed later', async () => {
    const panel = await unlock(unlocked);
    await panel.waitForText('Kartınızın kilidi çözüldü');
    const text = await panel.text();
    assert.ok(text.includes('yeni PIN’inizle imzalayın') && text.includes('“PIN’imi değiştir”'), text);
    assert.ok((await panel.buttons()).includes('PIN’imi değiştir'));
    assert.ok(!(await panel.buttons()).includes('Kilidi çöz'));
    assert.deepEqual(await accessibilityViolations(panel.page), []);
    await panel.page.close();
  });

  test('of an unlock with an expired certificate does not tell to sign', async () => {
    const panel = await unlock(unlocked, {}, -3);
    await panel.waitForText('Kartınızın kilidi çözüldü');
    assert.ok(!(await panel.text()).includes('imzalayın'));
    await panel.page.close();
  });

  test('of giving up is no error', async () => {
    const panel = await unlock({ error: { code: 'cancelled' } });
    await panel.waitForText('Vazgeçtiniz');
    assert.equal(await panel.page.locator('.problem, [role=alert]').count(), 0);
    assert.match(await panel.page.locator('[role=status]', { hasText: 'Vazgeçtiniz' }).first().innerText(), /Hazır olduğunuzda/u);
    await panel.press('Karta dön');
    await until('the headline', async () => (await headline(panel)).button === 'Kilidi çöz');
    await panel.page.close();
  });

  test('of a PUK that is now blocked is said for this card', async () => {
    const panel = await unlock({ error: { code: 'puk-blocked' } }, { puk: USABLE });
    await panel.waitForText('PIN de kilitli. Kamu SM’yi arayın');
    assert.ok(!(await panel.text()).includes('PIN’iniz kilitli değilse'));
    await panel.page.close();
  });
});
