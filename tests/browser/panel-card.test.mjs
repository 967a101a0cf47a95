// The side panel and the card's content: certificate, changing codes, several cards.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessibilityViolations } from './accessibility.mjs';
import { openscVerifies } from './opensc.mjs';
import { useVirtualCards } from './card-fixture.mjs';
import { READERS } from './virtual-card.mjs';
import { until } from './until.mjs';

const PIN = '123456';
const PUK = '12345678';
const NEW_PIN = '739164';
const NEW_PUK = '81726354';
const DAY = 24 * 60 * 60;

const fixture = useVirtualCards({
  PUK: [PUK], 'Mevcut PIN': [PIN], 'Yeni PIN': [NEW_PIN], 'Yeni PUK': [NEW_PUK], CONFIRM: ['yes'],
});

describe('the certificate', () => {
  test('is shown with holder, issuer and serial number', async () => {
    const panel = await fixture.withCard();
    await panel.waitForText('ÖRNEK İMZA SAHİBİ ĞÜŞIÇ');
    assert.equal(await panel.row('Kart sahibi'), 'ÖRNEK İMZA SAHİBİ ĞÜŞIÇ');
    assert.equal(await panel.row('Sertifikayı veren kurum'), 'Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı');
    assert.equal(await panel.row('Sertifika seri no'), '4B414D55');
    assert.deepEqual(await accessibilityViolations(panel.page), []);
  });

  test('that expires in 43 days links to the renewal', async () => {
    const panel = await fixture.withCard('--valid-until', String(43 * DAY));
    await panel.waitForText('43 gün sonra bitiyor');
    assert.deepEqual(await accessibilityViolations(panel.page), []);
    await panel.press('Yenilemeye başla');
    await panel.waitForText('Aile hekimi');
  });

  test('that expires in years has no link', async () => {
    const panel = await fixture.withCard();
    await panel.waitForText('tarihine kadar geçerli');
    assert.ok(!(await panel.buttons()).includes('Yenilemeye başla'));
  });

  test('that becomes valid tomorrow shows the hour', async () => {
    const panel = await fixture.withCard('--valid-from', String(DAY));
    await panel.waitForText('PIN ancak o saatten sonra belirlenebilir');
    assert.match(await panel.text(), /yarın başlıyor .Türkiye saatiyle \d\d[.:]\d\d/u);
  });

  test('may be missing: the card is still shown', async () => {
    const panel = await fixture.withCard('--profile', 'akis-2x-no-certificate', '--pin-tries', '0');
    await panel.waitForText('PIN’in kilitli olup olmadığı bilinmiyor');
    assert.equal(await panel.page.getByText('Sertifika seri no').count(), 0);
  });
});

describe('changing codes', () => {
  test('the PIN needs the PIN, and OpenSC agrees', async () => {
    const panel = await fixture.withCard();
    await panel.press('PIN’imi değiştir');
    await panel.waitForText('PIN’iniz değiştirildi');
    assert.deepEqual(await accessibilityViolations(panel.page), []);
    assert.ok(openscVerifies(NEW_PIN));
  });

  test('a wrong PIN costs a try, and the row shows it', async () => {
    fixture.browser.pinentry.answerWith({ 'Mevcut PIN': ['000000'], 'Yeni PIN': [NEW_PIN] });
    const panel = await fixture.withCard();
    await panel.press('PIN’imi değiştir');
    await panel.waitForText('Kalan deneme: 2');
    await until('the row', async () => (await panel.row('PIN')).includes('kalan deneme: 2'));
    await panel.press('Karta dön');
    await panel.waitForText('PIN’imi unuttum');
  });

  test('the PUK needs the PUK', async () => {
    const panel = await fixture.withCard();
    await panel.press('PUK’umu değiştir');
    await panel.waitForText('PUK’unuz değiştirildi');
  });

  test('changing the PUK is not offered where the card forbids it', async () => {
    const panel = await fixture.withCard('--profile', 'akis-2x-fixed-puk');
    await panel.waitForText('PIN’imi değiştir');
    assert.ok(!(await panel.buttons()).includes('PUK’umu değiştir'));
  });

  test('a weak PIN causes a warning in the prompt, and can be confirmed', async () => {
    fixture.browser.pinentry.answerWith({ 'Mevcut PIN': [PIN], 'Yeni PIN': ['777777'], CONFIRM: ['yes'] });
    const panel = await fixture.withCard();
    await panel.press('PIN’imi değiştir');
    await panel.waitForText('PIN’iniz değiştirildi');
    assert.match(fixture.browser.pinentry.input, /tek bir rakamın tekrarı/u);
    assert.ok(openscVerifies('777777'));
  });
});

test('the diagnosis lists every part of this computer', async () => {
  const panel = await fixture.browser.openPanel();
  await panel.press('Sorunu bul');
  await panel.waitForText('✓ Akıllı kart servisi: sorun yok');
  await panel.waitForText(`Kart: ${READERS[0]}`);
  await panel.waitForText('Okuyucuda kart yok.');
  await panel.waitForText('✓ PIN/PUK giriş penceresi: sorun yok');
  assert.deepEqual(await accessibilityViolations(panel.page), []);
  await panel.press('Karta dön');
  await panel.waitForText('Sorunu bul');
});

describe('with several cards', () => {
  /** Selects by keyboard: the panel ignores events from scripts. */
  const choose = async (panel, key) => {
    await panel.page.getByLabel('Hangi kart?').focus();
    await panel.page.keyboard.press(key);
  };

  test('commands go to the chosen one', async () => {
    await fixture.insertInto(0, '--pin-tries', '0');
    await fixture.insertInto(1, '--pin-tries', '0', '--profile', 'akis-2x-no-certificate');
    const panel = await fixture.browser.openPanel();
    await panel.waitForText('Hangi kart?');
    assert.deepEqual(await accessibilityViolations(panel.page), []);
    assert.equal(await panel.row('Kart okuyucu'), READERS[0]);
    await choose(panel, 'ArrowDown');
    await until('the second card', async () => await panel.row('Kart okuyucu') === READERS[1]);
    await panel.press('Kilidi çöz');
    await panel.press('Evet, kilidi çöz');
    await panel.waitForText('Kartınızın kilidi çözüldü');
    assert.match(fixture.browser.pinentry.input, new RegExp(`Okuyucu: ${READERS[1]}`, 'u'));
  });

  test('removing one leaves the other', async () => {
    const first = await fixture.insertInto(0, '--pin-tries', '0');
    await fixture.insertInto(1);
    const panel = await fixture.browser.openPanel();
    await panel.waitForText('Hangi kart?');
    await first.remove();
    await until('the other card', async () => await panel.row('Kart okuyucu') === READERS[1]);
    assert.ok(!(await panel.text()).includes('Hangi kart?'));
  });

  test('a refused PUK is remembered for the card that refused it', async () => {
    fixture.browser.pinentry.answerWith({ PUK: ['87654321'], 'Yeni PIN': [NEW_PIN] });
    await fixture.insertInto(0, '--pin-tries', '0');
    await fixture.insertInto(1, '--profile', 'akis-2x-no-certificate');
    const panel = await fixture.browser.openPanel();
    await panel.press('Kilidi çöz');
    await panel.press('Evet, kilidi çöz');
    await panel.waitForText('PUK yanlış. Kalan deneme: 2.');
    const warning = 'Bu kartta PUK yanlış girildi.';
    await choose(panel, 'ArrowDown');
    await until('no warning', async () => !(await panel.text()).includes(warning));
    await choose(panel, 'ArrowUp');
    await panel.waitForText(warning);
  });
});
