// The side panel with a card in the reader: card states, unlock, prompts.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { accessibilityViolations } from './accessibility.mjs';
import { openscVerifies } from './opensc.mjs';
import { useVirtualCards } from './card-fixture.mjs';
import { until } from './until.mjs';

const PUK = '12345678';
const WRONG_PUK = '87654321';
const NEW_PIN = '739164';

const fixture = useVirtualCards({ PUK: [PUK], 'Yeni PIN': [NEW_PIN], CONFIRM: ['yes'] });
const withCard = (...options) => fixture.withCard(...options);

async function unlock(panel) {
  await panel.press('Kilidi çöz');
  await panel.press('Evet, kilidi çöz');
}

test('a blocked card is unlocked, and OpenSC agrees', async () => {
  const panel = await withCard('--pin-tries', '0');
  await panel.waitForText('PIN kilitli.');
  await unlock(panel);
  await panel.waitForText('Kartınızın kilidi çözüldü');
  await until('a usable PIN', async () => (await panel.row('PIN')).startsWith('Kullanılabilir'));
  assert.ok(openscVerifies(NEW_PIN));
});

test('without a blocked PIN no unlock is offered, but a forgotten PIN leads to the PUK', async () => {
  const panel = await withCard('--pin-tries', '2');
  await panel.waitForText('PIN’iniz kilitli değil');
  assert.match(await panel.row('PIN'), /kalan deneme: 2/);
  await panel.press('PIN’imi unuttum');
  await panel.waitForText('PUK kodunuz yanınızda mı?');
});

test('a wrong PUK costs a try, stays visible and is not sent again', async () => {
  fixture.browser.pinentry.answerWith({ PUK: [WRONG_PUK], 'Yeni PIN': [NEW_PIN] });
  const panel = await withCard('--pin-tries', '0');
  await unlock(panel);
  await panel.waitForText('PUK yanlış. Kalan deneme: 2.');
  for (const button of ['Karta dön', 'Kilidi çöz', 'Hayır ya da emin değilim', 'Geri']) {
    await panel.press(button);
    await panel.waitForText('Bu kartta PUK yanlış girildi. Kalan deneme: 2.');
  }
  assert.match(await panel.row('PUK'), /kalan deneme: 2/);
});

test('the last try needs explicit consent, and a blocked card is named', async () => {
  fixture.browser.pinentry.answerWith({ CONFIRM: ['<cancel>'] });
  const panel = await withCard('--pin-tries', '0', '--puk-tries', '1');
  await unlock(panel);
  await panel.waitForText('Vazgeçtiniz; deneme hakkınız eksilmedi.');
  await panel.press('Karta dön');

  fixture.browser.pinentry.answerWith({ PUK: [WRONG_PUK], 'Yeni PIN': [NEW_PIN], CONFIRM: ['yes'] });
  await unlock(panel);
  await panel.waitForText('PUK kilitli');
  assert.equal(await panel.row('PUK'), 'Kilitli');
});

test('no card state has accessibility violations, in light or dark', async () => {
  fixture.browser.pinentry.answerWith({ PUK: [WRONG_PUK], 'Yeni PIN': [NEW_PIN] });
  const panel = await withCard('--pin-tries', '0');
  const looks = async (text) => {
    await panel.waitForText(text);
    for (const colorScheme of ['light', 'dark']) {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await accessibilityViolations(panel.page), [], `${text} ${colorScheme}`);
    }
  };
  await looks('PIN kilitli.');
  await panel.page.locator('summary').click();
  await looks('Sertifika seri no');
  await panel.press('Kilidi çöz');
  await looks('PUK için kalan deneme: 3');
  await panel.press('PUK’umu nereden bulurum?');
  await looks('Kartla gelen zarf');
  await panel.press('PUK’umu buldum');
  await panel.press('Hayır ya da emin değilim');
  await looks('PUK olmadan');
  await panel.press('Geri');
  await unlock(panel);
  await looks('PUK yanlış. Kalan deneme: 2.');
  await panel.press('Karta dön');
  fixture.browser.pinentry.answerWith({ PUK: [PUK], 'Yeni PIN': [NEW_PIN] });
  await unlock(panel);
  await looks('Kartınızın kilidi çözüldü');
});

test('without a PUK the official steps follow, the PUK step not needed, the warning still visible', async () => {
  fixture.browser.pinentry.answerWith({ PUK: [WRONG_PUK], 'Yeni PIN': [NEW_PIN] });
  const panel = await withCard('--pin-tries', '0');
  await unlock(panel);
  await panel.waitForText('PUK yanlış. Kalan deneme: 2.');
  await panel.press('Karta dön');
  await panel.press('Kilidi çöz');
  await panel.press('Hayır ya da emin değilim');
  await panel.press('Adım adım göster');
  await panel.waitForText('Bu kartta PUK yanlış girildi. Kalan deneme: 2.');
  await panel.page.locator('#step-puk').getByText('gerekmiyor').waitFor();
  assert.equal(await panel.page.locator('#tick-puk').isChecked(), false);
  assert.match(await panel.page.locator('[aria-current=step]').innerText(), /AKİS sürücüsünü kurun/);
  await panel.press('Ana sayfa');
  await panel.waitForText('PUK olmadan');
});

test('unknown tries are shown as unknown', async () => {
  const panel = await withCard('--profile', 'akis-2x', '--pin-tries', '0');
  await panel.waitForText('Bilinmiyor');
  await panel.press('Kilidi çöz');
  await panel.waitForText('Kalan PUK denemesi bilinmiyor');
});

test('the prompt uses the panel’s language, which is stored', async () => {
  fixture.browser.pinentry.answerWith({ PUK: ['<cancel>'] });
  const panel = await withCard('--pin-tries', '0');
  await panel.press('English');
  assert.equal(await panel.page.locator('html').getAttribute('lang'), 'en');
  await panel.press('Unlock');
  await panel.press('Yes, unlock the card');
  await panel.waitForText('You cancelled');
  assert.match(fixture.browser.pinentry.input, /Card: AKİS/);
  await panel.press('Türkçe');
  await panel.waitForText('Vazgeçtiniz');
});

test('inserted and removed cards are shown, with what to do', async () => {
  const panel = await fixture.browser.openPanel();
  await panel.waitForText('Okuyucuda kart yok.');
  await fixture.insert('--pin-tries', '0');
  await panel.waitForText('PIN kilitli.');
  await fixture.cards[0].remove();
  await panel.waitForText('E-imza kartınızı çipli ucundan okuyucuya takın.');
});

test('an identity card and an unsupported card are named and rejected', async () => {
  const panel = await withCard('--profile', 'kimlik');
  await panel.waitForText('T.C. kimlik kartınızı takmış olabilirsiniz');
  await fixture.cards[0].remove();
  await fixture.insert('--profile', 'yabanci');
  await panel.waitForText('Bu bir AKİS e-imza kartı değil.');
});

describe('while the prompt is open', () => {
  beforeEach(() => fixture.browser.pinentry.answerWith({ PUK: ['<wait>'] }));
  const promptIsOpen = () => until('the prompt', () => fixture.browser.pinentry.isRunning);

  test('removing the card discards the codes', async () => {
    fixture.browser.pinentry.answerWith({ PUK: ['<pause>', PUK], 'Yeni PIN': [NEW_PIN] });
    const panel = await withCard('--pin-tries', '0');
    await unlock(panel);
    await promptIsOpen();
    await fixture.cards[0].remove();
    fixture.browser.pinentry.resume();
    await panel.waitForText('kodlar karta gönderilmeden silindi');
  });

  test('the panel says where the prompt is, and closing it ends the prompt', async () => {
    const panel = await withCard('--pin-tries', '0');
    await unlock(panel);
    await panel.waitForText('Ayrı bir pencere açıldı');
    await promptIsOpen();
    await fixture.browser.pressToolbarButton(fixture.browser.context.pages()[0]);
    await until('the closed prompt', () => !fixture.browser.pinentry.isRunning);
  });
});
