// The side panel about what is on the card: its certificate, changing its codes, several cards.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { barriers } from './barriers.mjs';
import { openscVerifies } from './browser.mjs';
import { cardStage } from './card-stage.mjs';
import { READERS } from './card.mjs';
import { until } from './until.mjs';

const PIN = '123456';
const PUK = '12345678';
const NEW_PIN = '739164';
const NEW_PUK = '81726354';
const DAY = 24 * 60 * 60;

const stage = cardStage({
  PUK: [PUK], 'Mevcut PIN': [PIN], 'Yeni PIN': [NEW_PIN], 'Yeni PUK': [NEW_PUK], CONFIRM: ['yes'],
});

describe('the certificate', () => {
  test('is shown with holder, issuer and serial number', async () => {
    const panel = await stage.withCard();
    await panel.says('ÖRNEK İMZA SAHİBİ ĞÜŞIÇ');
    assert.equal(await panel.row('Sahibi'), 'ÖRNEK İMZA SAHİBİ ĞÜŞIÇ');
    assert.equal(await panel.row('Sertifikayı veren'), 'Deneme Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı');
    assert.equal(await panel.row('Sertifika no'), '4B414D55');
    assert.deepEqual(await barriers(panel.page), []);
  });

  test('that ends in 43 days leads to the renewal', async () => {
    const panel = await stage.withCard('--valid-until', String(43 * DAY));
    await panel.says('43 gün sonra bitiyor');
    assert.deepEqual(await barriers(panel.page), []);
    await panel.press('Yenileme işleminin adımları');
    await panel.says('Aile hekimi');
  });

  test('that ends in years leads nowhere', async () => {
    const panel = await stage.withCard();
    await panel.says('tarihine kadar geçerli');
    assert.ok(!(await panel.buttons()).includes('Yenileme işleminin adımları'));
  });

  test('that begins tomorrow is told with the hour', async () => {
    const panel = await stage.withCard('--valid-from', String(DAY));
    await panel.says('PIN ondan önce belirlenemez');
    assert.match(await panel.text(), /yarın saat \d\d[.:]\d\d/u);
  });

  test('is missed by nobody: a card without one is shown all the same', async () => {
    const panel = await stage.withCard('--profile', 'akis-2x-no-certificate', '--pin-tries', '0');
    await panel.says('PUK kodunuz var mı?');
    assert.ok(!(await panel.text()).includes('Sertifika no'));
  });
});

describe('changing', () => {
  test('the PIN needs the PIN, and OpenSC agrees', async () => {
    const panel = await stage.withCard();
    await panel.press('PIN’imi değiştir');
    await panel.says('PIN’iniz değiştirildi');
    assert.deepEqual(await barriers(panel.page), []);
    assert.ok(openscVerifies(NEW_PIN));
  });

  test('a wrong PIN is counted, and the row shows it', async () => {
    stage.browser.typist.will({ 'Mevcut PIN': ['000000'], 'Yeni PIN': [NEW_PIN] });
    const panel = await stage.withCard();
    await panel.press('PIN’imi değiştir');
    await panel.says('Kalan deneme: 2');
    await until('the row', async () => (await panel.row('PIN')).includes('kalan deneme: 2'));
    await panel.press('Karta dön');
    await panel.says('PIN’imi unuttum');
  });

  test('the PUK needs the PUK', async () => {
    const panel = await stage.withCard();
    await panel.press('PUK’umu değiştir');
    await panel.says('PUK’unuz değiştirildi');
  });

  test('a PUK is not offered where the card forbids it', async () => {
    const panel = await stage.withCard('--profile', 'akis-2x-fixed-puk');
    await panel.says('PIN’imi değiştir');
    assert.ok(!(await panel.buttons()).includes('PUK’umu değiştir'));
  });

  test('to a weak PIN is warned of in the host’s window, and may be insisted on', async () => {
    stage.browser.typist.will({ 'Mevcut PIN': [PIN], 'Yeni PIN': ['777777'], CONFIRM: ['yes'] });
    const panel = await stage.withCard();
    await panel.press('PIN’imi değiştir');
    await panel.says('PIN’iniz değiştirildi');
    assert.match(stage.browser.typist.wasTold, /tek bir rakamın tekrarı/u);
    assert.ok(openscVerifies('777777'));
  });
});

test('what is wrong with this computer is found and told part by part', async () => {
  const panel = await stage.browser.openPanel();
  await panel.press('Sorunun yerini bul');
  await panel.says('✓ Akıllı kart servisi: sorun yok');
  await panel.says(`Kart: ${READERS[0]}`);
  await panel.says('Okuyucuda kart yok.');
  await panel.says('✓ Kod penceresi: sorun yok');
  assert.deepEqual(await barriers(panel.page), []);
  await panel.press('Karta dön');
  await panel.says('Sorunun yerini bul');
});

describe('of several cards', () => {
  /** By keyboard: the panel hears nothing that a script does. */
  const choose = async (panel, key) => {
    await panel.page.getByLabel('Hangi kart?').focus();
    await panel.page.keyboard.press(key);
  };

  test('the chosen one is meant', async () => {
    await stage.insertInto(0, '--pin-tries', '0');
    await stage.insertInto(1, '--pin-tries', '0', '--profile', 'akis-2x-no-certificate');
    const panel = await stage.browser.openPanel();
    await panel.says('Hangi kart?');
    assert.deepEqual(await barriers(panel.page), []);
    assert.equal(await panel.row('Okuyucu'), READERS[0]);
    await choose(panel, 'ArrowDown');
    await until('the second card', async () => await panel.row('Okuyucu') === READERS[1]);
    await panel.press('Evet, PUK kodum var');
    await panel.press('Kilidi aç');
    await panel.says('Kartınızın kilidi açıldı');
    assert.match(stage.browser.typist.wasTold, new RegExp(`Okuyucu: ${READERS[1]}`, 'u'));
  });

  test('one that is pulled out leaves the other', async () => {
    const first = await stage.insertInto(0, '--pin-tries', '0');
    await stage.insertInto(1);
    const panel = await stage.browser.openPanel();
    await panel.says('Hangi kart?');
    await first.pullOut();
    await until('the other card', async () => await panel.row('Okuyucu') === READERS[1]);
    assert.ok(!(await panel.text()).includes('Hangi kart?'));
  });

  test('a refused PUK is remembered for the card that refused it', async () => {
    stage.browser.typist.will({ PUK: ['87654321'], 'Yeni PIN': [NEW_PIN] });
    await stage.insertInto(0, '--pin-tries', '0');
    await stage.insertInto(1, '--profile', 'akis-2x-no-certificate');
    const panel = await stage.browser.openPanel();
    await panel.press('Evet, PUK kodum var');
    await panel.press('Kilidi aç');
    await panel.says('PUK yanlış. Kalan deneme: 2.');
    const warning = 'Bu kartta PUK yanlış girildi.';
    await choose(panel, 'ArrowDown');
    await until('no warning', async () => !(await panel.text()).includes(warning));
    await choose(panel, 'ArrowUp');
    await panel.says(warning);
  });
});
