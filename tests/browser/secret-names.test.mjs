// The names of secrets in many spellings, and names that only look like them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { rollup } from 'rollup';
import { importData } from '../../rollup.config.js';
import { ROOT } from './browser.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-adlar-'));
after(() => fs.rmSync(folder, { recursive: true }));

/** Bundles a module of the extension, which imports a data file. */
async function bundled(file) {
  const bundle = await rollup({ input: path.join(ROOT, 'extension/content/reading', file), plugins: [importData] });
  const out = path.join(folder, file.replace('.js', '.mjs'));
  await bundle.write({ file: out, format: 'es' });
  return import(out);
}
const { isSecretName } = await bundled('secret-names.js');
const { maskNumbers, mentionsCodes, veilSecrets } = await bundled('veil.js');

const SECRETS = [
  'PIN', 'PUK', 'PUKunuz', 'Pininiz', 'PIN’iniz', 'PUK kodunuzu giriniz', 'kartPini', 'kartpini', 'kart_pini', 'kart.pin', 'kart-puk', 'P.I.N.',
  'P I N', 'p.u.k', 'Yeni P.I.N. Kodu', 'ＰＩＮ', 'PI\u200bN', 'txtPin', 'pin1', 'pinKodu2', 'yeniPinTekrar', 'Onay numarası', 'Onay No', 'onayNo',
  'Kredi Kartı No', 'Kart Numaranız', 'Kartın numarası', 'Güvenlik No', 'Güvenlik Numarası', 'GÜVENLİK SÖZCÜĞÜNÜZ', 'Son Kullanım Tarihi',
  'Son Kullanma Tarihi', 'sonKullanim', 'CCV', 'CVV2', 'CVC', 'cvvKodu', 'Şifreniz', 'ŞİFRENİZİ', 'Ş i f r e', 'parolanız', 'Parolanızı yazın', 'SMS ile gelen kod',
  'Doğrulama numarası', 'Gizli soru', 'Güvenlik sorusunun cevabı', 'otp', 'otpCode', 'smsCode', 'SMSKODU', 'Kodunuzu giriniz', 'Aktivasyon',
];
const OTHERS = [
  'Pınar', 'Pınarbaşı', 'pinti', 'Alpin Sok.', 'Puket', 'T.C. Kimlik No', 'Kimlik No', 'Pasaport No', 'Posta Kodu', 'Alan Kodu', 'Ülke kodu',
  'Adres', 'Spinoza Cad.', 'Kapı No', 'GSM', 'E-posta', 'Ad', 'Soyad', 'Doğum Tarihi', 'Doğum Yeri', 'IBAN', 'Kart Okuyucu Tipi', 'Sertifika Süresi',
  'Başvuru Nedeni', 'İl', 'İlçe', 'shipping', 'spinner', 'opinion', 'Kodak', 'Kurum Adı', 'Token modeli', 'Pine Sitesi 5',
];

test('names of secrets are recognised in every spelling', () => {
  assert.deepEqual(SECRETS.filter((name) => !isSecretName(name)), []);
});

test('other names are none', () => {
  assert.deepEqual(OTHERS.filter((name) => isSecretName(name)), []);
});

test('every short word takes every suffix, in every way to join words', () => {
  const { words, suffixes, before } = JSON.parse(fs.readFileSync(path.join(ROOT, 'wasm/guide/data/secret-words.json'), 'utf8'));
  const joins = [
    (one, other) => one + other, (one, other) => `${one} ${other}`, (one, other) => `${one}_${other}`, (one, other) => `${one}.${other}`,
    (one, other) => one + other[0].toUpperCase() + other.slice(1), (one, other) => `${one}-${other.toUpperCase()}`,
  ];
  for (const word of words) {
    for (const suffix of ['', ...suffixes]) {
      for (const prefix of before) {
        for (const join of joins) assert.ok(isSecretName(join(prefix, word + suffix)), join(prefix, word + suffix));
      }
    }
  }
});

test('secrets that a page shows are veiled by the same names', () => {
  for (const texts of [
    ['Şifreniz: kedi42'], ['Şifreniz: 59284617'], ['Parolanız', '59284617'], ['Güvenlik Sözcüğünüz: mavi'], ['Onay numaranız: 482-109'],
    ['Onay numarası', '48 21 09'], ['Şifreniz 59284617 olarak belirlendi.'], ['CVV=123'],
  ]) {
    const shown = veilSecrets(texts).join('|');
    assert.doesNotMatch(shown, /\d|kedi|mavi/, `${texts}: ${shown}`);
  }
  for (const text of ['PUKunuz: 59284617', 'Pininiz 482109', 'P.U.K.: 48A21B09', 'kart pini', 'PUK’unuz']) assert.ok(mentionsCodes(['Başlık', text]), text);
  assert.equal(maskNumbers('PUK: 48A21B09 ve ４８２１'), 'PUK: • ve •');
});

test('other texts stay as they are', () => {
  for (const texts of [
    ['Ödenecek tutar: 780,00 TL'], ['Güvenlik Kodu', 'Tutar: 780,00 TL'], ['CVV', '780,00 TL'], ['Kimlik No: 10000000146'], ['Pınar Mah. 5. Sok. No: 12'],
    ['Şifremi unuttum'], ['Şifreli Giriş'], ['Şifrenizi kimseye vermeyin: Kamu SM sizden onu asla istemez.'],
  ]) assert.deepEqual(veilSecrets(texts), texts);
  assert.ok(!mentionsCodes(['Pınar Mahallesi', 'Alpin Sok.', 'Puket']));
});

test('a text of one long word is masked in a time that is linear in its length', () => {
  let looks = 0;
  const word = { toString: () => { looks += 1; return 'a'.repeat(2_000_000); } };
  assert.equal(maskNumbers(String(word)).length, 2_000_000); // a quadratic expression would not end
  assert.equal(looks, 1);
});
