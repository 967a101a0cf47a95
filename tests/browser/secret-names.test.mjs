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
const { isReadByChecks, isSecretName } = await bundled('secret-names.js');
const { maskNumbers, mentionsCodes, veilSecrets, veilText, veilValue } = await bundled('veil.js');

const SECRETS = [
  'PIN', 'PUK', 'PUKunuz', 'Pininiz', 'PIN’iniz', 'PUK kodunuzu giriniz', 'kartPini', 'kartpini', 'kart_pini', 'kart.pin', 'kart-puk', 'P.I.N.',
  'P I N', 'p.u.k', 'Yeni P.I.N. Kodu', 'ＰＩＮ', 'PI\u200bN', 'txtPin', 'pin1', 'pinKodu2', 'yeniPinTekrar', 'Onay numarası', 'Onay No', 'onayNo',
  'Kredi Kartı No', 'Kart Numaranız', 'Kartın numarası', 'Güvenlik No', 'Güvenlik Numarası', 'GÜVENLİK SÖZCÜĞÜNÜZ', 'Son Kullanım Tarihi',
  'Son Kullanma Tarihi', 'sonKullanim', 'CCV', 'CVV2', 'CVC', 'cvvKodu', 'Şifreniz', 'ŞİFRENİZİ', 'Ş i f r e', 'parolanız', 'Parolanızı yazın', 'SMS ile gelen kod',
  'Doğrulama numarası', 'Gizli soru', 'Güvenlik sorusunun cevabı', 'otp', 'otpCode', 'smsCode', 'SMSKODU', 'Kodunuzu giriniz', 'Aktivasyon',
  'Geçerlilik Tarihi', 'Kartınızın geçerlilik tarihi', 'Son Kul. Tarihi', 'SKT', 'SKT Tarihi', 'cc_exp', 'ccExp', 'Mobil Onay', 'PINlerinizi', 'pinlerini',
  'kartno', 'kart_no_1', 'Kart Nonuz', 'Kartınızın no', 'txtKartNo', 'cardNo', 'Güvenlik nosu',
];
const OTHERS = [
  'Pınar', 'Pınarbaşı', 'pinti', 'Alpin Sok.', 'Puket', 'T.C. Kimlik No', 'Kimlik No', 'Pasaport No', 'Posta Kodu', 'Alan Kodu', 'Ülke kodu',
  'Adres', 'Spinoza Cad.', 'Kapı No', 'GSM', 'E-posta', 'Ad', 'Soyad', 'Doğum Tarihi', 'Doğum Yeri', 'IBAN', 'Kart Okuyucu Tipi', 'Sertifika Süresi',
  'Başvuru Nedeni', 'İl', 'İlçe', 'shipping', 'spinner', 'opinion', 'Kodak', 'Kurum Adı', 'Token modeli', 'Pine Sitesi 5',
  'Son Kullanıcı Sözleşmesi', 'Güvenlik noktası', 'Kart noter', 'Onay noktası', 'mahalleKodu', 'adres_kodu', 'gsmKodu', 'Tel. kodu', 'Neden kodu', 'nedeniKodu',
  'Desktop',
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

/** Labels of fields in which a check needs what is typed, and of codes that were sent to such an address. */
const READ = [
  'T.C. Kimlik No', 'T.C. Kimlik No (11 haneli)', 'GSM No (10 haneli)', 'Cep Telefonu', 'E-posta', 'Doğum Tarihi', 'IBAN', 'Adres', 'Başvuru Nedeni',
  'Sertifika Süresi (*)', 'Kart Okuyucu Tipi',
];
const UNREAD = [
  'Cep telefonunuza gelen numara', 'Telefonunuza gönderilen 6 haneli sayı', 'GSM\'inize gelen numara', 'Telefonunuza gelen mesajı girin',
  'Telefonunuzdaki altı haneli sayı', 'E-postanıza iletilen sayı', 'Tarih', 'Ad', 'Değer',
];

test('what is typed is read by the labels that checks know, but not where a code was sent to', () => {
  assert.deepEqual(READ.filter((label) => !isReadByChecks(label)), []);
  assert.deepEqual(UNREAD.filter((label) => isReadByChecks(label)), []);
});

test('secrets that a page shows are veiled by the same names', () => {
  for (const texts of [
    ['Şifreniz: kedi42'], ['Şifreniz: 59284617'], ['Parolanız', '59284617'], ['Güvenlik Sözcüğünüz: mavi'], ['Onay numaranız: 482-109'],
    ['Onay numarası', '48 21 09'], ['Şifreniz 59284617 olarak belirlendi.'], ['CVV=123'],
    ['Şifreniz:', 'abc12'], ['Şifreniz', 'Kx7pQzWm'], ['Güvenlik Sözcüğünüz', 'mavikedi'], ['Güvenlik Sözcüğünüz:', 'mavikedi'], ['Şifreniz', 'sifre123'],
    ['Onay kodunuz 482913\'tür.'], ['Şifreniz "abc1234" oldu'], ['Şifreniz (abc1234) oldu'], ['Şifreniz "mavikedi" oldu'], ['Şifreniz “mavikedi” oldu'],
    ['Parolanız Abc!1234'], ['Onay kodunuz;482913'], ['Onay kodunuz 12 34 56'], ['Onay Kodu', '(482913)'], ['Onay Kodu', '48', '29', '13'],
    ['Yeni şifreniz: abc12 olarak belirlenmiştir. Kimseyle paylaşmayın'], ['Yeni şifreniz: mavikedi olarak belirlenmiştir. Kimseyle paylaşmayın'],
    ['Kullanıcı adı: ali Şifre: abc12'], ['Kullanıcı adı: ali Şifre: mavikedi'], ['Şifreniz：mavikedi'], ['Onay kodunuz：４８２９１３'], ['Onay Kodu', 'ⓘ', '482913'],
    ['Şifreniz — mavikedi'], ['Bilgi: Şifreniz: mavikedi'], ['Şifre: mavikedi Onay kodu: 482913'], ['Onay Kodu (6 haneli)', '482913'],
    ['Onay Kodu', '482913 (3 dakika geçerlidir)'],
  ]) {
    const shown = veilSecrets(texts).join('|').replaceAll(/\(6 haneli\)|[(]3 dakika/g, '');
    assert.doesNotMatch(shown, /\p{N}|kedi|mavi|Kx7|abc/u, `${texts}: ${shown}`);
  }
  for (const text of ['Onay kodunuz: 482913', 'Kodu kopyala: 482913']) assert.doesNotMatch(veilText(text), /\d/);
  for (const value of ['PIN: 1234 PUK: 59284617', 'PUK: 59284617', 'Kart 1234\nPUK', 'Şifre\nabc12', 'Onay kodu 482913']) assert.doesNotMatch(veilValue(value), /\d/, value);
  for (const text of ['PUKunuz: 59284617', 'Pininiz 482109', 'P.U.K.: 48A21B09', 'kart pini', 'PUK’unuz']) assert.ok(mentionsCodes(['Başlık', text]), text);
  assert.equal(maskNumbers('PUK: 48A21B09 ve ４８２１'), 'PUK: • ve •');
});

test('other texts stay as they are', () => {
  for (const texts of [
    ['Ödenecek tutar: 780,00 TL'], ['Güvenlik Kodu', 'Tutar: 780,00 TL'], ['CVV', '780,00 TL'], ['Kimlik No: 10000000146'], ['Pınar Mah. 5. Sok. No: 12'],
    ['Şifremi unuttum'], ['Şifreli Giriş'], ['Şifrenizi kimseye vermeyin: Kamu SM sizden onu asla istemez.'],
    ['Yeni PIN Kodu', 'Yeni PIN Kodu (Tekrar)', 'Gönder'], ['Güvenlik Sözcüğü', 'Güvenlik Sözcüğü (Tekrar)', 'Devam'], ['Güvenlik Sözcüğü', 'Kilit Çözme'],
    ['PIN Oluşturma/Kilit Çözme', 'Borç Sorgulama ve Ödeme'], ['Şifre', 'Giriş', 'Soyadı'], ['CVV2', 'CVC2', 'Öde'], ['Şifreniz en az 8 karakter olmalıdır.'],
    ['Onay kodunuz 3 dakika geçerlidir.'], ['CVV2', 'Ödenecek borç: 780,00 TL'], ['Kart Numarası', 'T.C. Kimlik No: 10000000146'], ['Şifreli Giriş', 'Duyurular'],
    ['Adres', 'mavikedi', '482913'], ['Şifre zarfı ücreti 100,00 TL'], ['Parola', 'Şifre', 'E-imza'],
  ]) assert.deepEqual(veilSecrets(texts), texts);
  assert.ok(!mentionsCodes(['Pınar Mahallesi', 'Alpin Sok.', 'Puket']));
  for (const value of ['3 Yıl', 'Gül Sok. 5', 'Kayıp Çalıntı', 'satır 1\nsatır 2']) assert.equal(veilValue(value), value);
});

test('texts that pages are recognised by stay as they are behind the name of any secret', () => {
  const folder = path.join(ROOT, 'wasm/guide/pages');
  const pages = fs.readdirSync(folder).map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
  const texts = [...new Set(pages.flatMap((page) => [page.required_texts ?? [], page.forbidden_texts ?? []].flat(2)))];
  assert.ok(texts.length > 50);
  for (const name of ['Şifre', 'Güvenlik Sözcüğünüz:', 'Onay Kodu']) {
    assert.deepEqual(texts.filter((text) => veilSecrets([name, text])[1] !== text), []);
  }
});

test('a text of one long word is masked in a time that is linear in its length', () => {
  let looks = 0;
  const word = { toString: () => { looks += 1; return 'a'.repeat(2_000_000); } };
  assert.equal(maskNumbers(String(word)).length, 2_000_000); // a quadratic expression would not end
  assert.equal(looks, 1);
});
