// Secrets are never read from the page: codes, captchas and the security word. Checked in the messages that the content
// script sends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ALL_MARKUPS } from '../portal/page.mjs';
import { SCREENS, addressOf } from '../portal/screens.mjs';
import { launch } from './browser.mjs';
import { recordWorkerMessages } from './worker-messages.mjs';
import { until } from './until.mjs';

const WITH_SECRETS = SCREENS.filter((screen) => screen.fields?.some((field) => field.secret));

/** What stands for a text that no check needs. */
const TYPED = '•';

let browser;
let page;
before(async () => {
  browser = await launch();
  [page] = browser.context.pages();
});
after(() => browser?.close());

/** Fills every field that takes text; returns the texts by field name. */
async function fillAll(fields, lengthOfSecrets) {
  const typed = new Map();
  for (const { name, kind, secret, readonly } of fields) {
    if (readonly || kind === 'select') continue;
    const text = secret ? 'x'.repeat(lengthOfSecrets) : `${name}-yazi${kind === 'email' ? '@ornek.example' : ''}`;
    await page.locator(`[name=${name}]`).fill(text);
    typed.set(name, text);
  }
  return typed;
}

/** Adds a text to the page and returns the first snapshot that contains it, so that all earlier input is included. */
async function snapshotWithMark(mark) {
  const workerMessages = await recordWorkerMessages(browser);
  await page.evaluate((text) => {
    document.getElementById('son')?.remove();
    document.body.insertAdjacentHTML('beforeend', `<p id="son">${text}</p>`);
  }, mark);
  const { snapshot } = await until('a request after the last key', async () => (
    (await workerMessages()).find((message) => message.snapshot?.texts?.includes(mark))
  ));
  return snapshot;
}

for (const screen of WITH_SECRETS) {
  test(`${screen.id}: secrets are not read, not even their length, in any markup`, async () => {
    for (const markup of ALL_MARKUPS) {
      await page.goto(addressOf(screen, markup));
      await page.locator(`[name=${screen.fields[0].name}]`).waitFor();
      const typed = await fillAll(screen.fields, 3);
      const short = await snapshotWithMark('son');
      await fillAll(screen.fields, 11);
      const long = await snapshotWithMark('en son');
      assert.deepEqual({ ...long, texts: [] }, { ...short, texts: [] }, `${markup}: the length is sent`);
      const json = JSON.stringify(short);
      assert.ok(!json.includes('xxx'), markup);
      for (const { name, secret } of screen.fields) {
        if (secret || !typed.has(name)) continue;
        assert.ok(
          json.includes(typed.get(name)) || short.fields.some((field) => field.name === name && field.value === TYPED),
          `${markup}: ${name} counts as filled in`,
        );
      }
    }
  });
}

/** Markups with labels that only a person would recognize. None of the fields may be read. */
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
  'the row above': '<table><tr><td>Kimlik No</td><td>PIN Kodu</td></tr><tr><td>1</td><td><input name="f23"></td></tr></table>',
  'a label far away': '<div><div><label>Güvenlik Sözcüğü</label></div><div><div><div><div><span><input name="f24"></span></div></div></div></div></div>',
  'help in small type': '<label for="f25">Değer <small>SMS ile gelen kod</small></label><input id="f25" name="f25">',
  'a part for screen readers': '<label for="f26">Değer <span style="position:absolute;width:1px;height:1px;overflow:hidden">PIN</span></label><input id="f26" name="f26">',
  'a tooltip': '<label for="f27">Değer <span role="tooltip">Onay kodu</span></label><input id="f27" name="f27">',
  'a unit that is joined to it': '<div><label>Değer</label><div><span style="border:1px solid;background:#eee">PIN</span><input name="f28" aria-label="PIN"></div></div>',
  'a combobox': '<span id="l29">Yeni PIN</span><input role="combobox" aria-labelledby="l29" name="f29">',
  'an invisible space': '<label>PI\u200bN Kodu <input name="f22"></label>',
};

test('secret fields are recognized under any name or attribute', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  for (const markup of Object.values(DISGUISES)) {
    await page.evaluate((html) => document.querySelector('form').insertAdjacentHTML('beforebegin', `<div class="gizli">${html}</div>`), markup);
  }
  const fields = await page.locator('.gizli input').all();
  assert.equal(fields.length, Object.keys(DISGUISES).length);
  for (const [index, field] of fields.entries()) await field.fill(`gizli-${index}-metin`);
  await page.evaluate(() => document.body.append('son'));
  await until('a request after the last key', async () => (
    (await workerMessages()).some(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  const messages = JSON.stringify(await workerMessages());
  for (const [index, name] of Object.keys(DISGUISES).entries()) {
    assert.ok(!messages.includes(`gizli-${index}-metin`), name);
  }
});

/** Fields that are no input elements, each with a secret in it. None of them may be read. */
const DRAWN_SECRETS = {
  'text that is edited in the page': '<span id="c1">PIN Kodu</span><div contenteditable role="textbox" aria-labelledby="c1">gizli-1</div>',
  'a combobox that shows a code': '<span id="c2">PUK</span><div role="combobox" tabindex="0" aria-labelledby="c2">gizli-2</div>',
  'a list that shows a code': '<label for="c3">Güvenlik Sözcüğü</label><select id="c3"><option>gizli-3</option></select>',
  'a list drawn for a hidden one': `<label for="c4">SMS Kodu</label><select id="c4" style="display:none"><option>gizli-4</option></select>
    <span role="combobox" tabindex="0">gizli-4</span>`,
  'radio buttons with codes': '<p>Onay Kodu <label><input type="radio" name="c5" checked> gizli-5</label> <label><input type="radio" name="c5"> gizli-55</label></p>',
  'buttons with codes': '<span id="c6">PIN</span><div role="group" aria-labelledby="c6"><button type="button" aria-pressed="true">b</button><button type="button" aria-pressed="false">a</button></div>',
  'a box that takes the focus': '<div><span>Şifre</span><div tabindex="0">gizli-7</div></div>',
  'a field in a shadow root': '<x-gizli></x-gizli>',
};

test('secrets that are drawn by other means than inputs are not read', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  for (const markup of Object.values(DRAWN_SECRETS)) {
    await page.evaluate((html) => document.querySelector('form').insertAdjacentHTML('beforebegin', `<div>${html}</div>`), markup);
  }
  await page.evaluate(() => {
    document.querySelector('x-gizli').attachShadow({ mode: 'open' }).innerHTML = '<label for="i">PIN Kodu</label><input id="i" value="gizli-8">';
    document.body.append('son');
  });
  const last = await until('a request with the last text', async () => (
    (await workerMessages()).findLast(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  assert.ok(!JSON.stringify(last.snapshot.fields).includes('gizli'));
});

test('what a page shows as chosen is masked where it mentions a PIN', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock');
  await page.evaluate(() => document.querySelector('main').insertAdjacentHTML('beforeend', `
    <p>PUK</p><span id="k">Değer</span><div role="combobox" tabindex="0" aria-labelledby="k">59284617</div><p>son metin</p>`));
  const { snapshot } = await until('the request', async () => (
    (await workerMessages()).find((message) => message.snapshot?.texts?.includes('son metin'))
  ));
  assert.ok(!JSON.stringify(snapshot).includes('59284617'));
});

/** What a page shows in fields and on buttons, under names that say nothing of a secret; each has 59284617 or 482913 in it. */
const SHOWN_IN_FIELDS = [
  '<label>Bilgi <textarea readonly>PIN: 1234 PUK: 59284617</textarea></label>', '<label>Kart bilgisi <input readonly value="PUK: 59284617"></label>',
  '<label>Ek bilgi <input disabled value="Şifreniz 59284617 oldu"></label>', '<label>Telefon bilgisi <input readonly value="PUK: 59284617"></label>',
  '<label>Bilgiler <textarea readonly>Onay kodunuz:\n482913</textarea></label>', '<label>Seçim <select><option>PUK: 59284617</option><option>b</option></select></label>',
  '<label><input type="radio" name="secim" checked> Onay kodu 482913</label><label><input type="radio" name="secim"> b</label>',
  '<label>Onay kodunuz: 482913 <input name="g1"></label>', '<label>Değer <input placeholder="Onay kodunuz: 482913" name="g2"></label>',
  '<button type="button">Kodu kopyala: 482913</button>', '<a href="#" role="button">Onay kodunuz 482913</a>',
  '<span id="m">Liste</span><div role="combobox" tabindex="0" aria-labelledby="m">Şifreniz: 59284617</div>',
];

test('secrets that a page shows in fields, choices, labels and buttons are not sent, other texts are', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  for (const [index, markup] of SHOWN_IN_FIELDS.entries()) {
    const mark = `son ${'abcdefghijklmnop'[index]}`;
    await page.goto(`https://portal.kamusm.gov.tr/bp/ws.go?ekran=form&sira=${index}&kod=482913#59284617`);
    await page.locator('[name=gsm]').waitFor();
    await page.evaluate(([html, last]) => {
      document.querySelector('form').insertAdjacentHTML('beforebegin', `<div>${html}</div><p><label>Kurum <input readonly value="Birim 7 Şubesi" name="h1"></label></p>
        <p><label>Birim <select name="h2"><option>Birim 7 Şubesi</option><option>b</option></select></label></p><button type="button">Sayfa 7</button>`);
      document.body.append(last);
    }, [markup, mark]);
    const { snapshot } = await until('a request with the last text', async () => (
      (await workerMessages()).findLast((message) => message.snapshot?.texts?.some((text) => text === mark) && message.snapshot.fields?.some(({ name }) => name === 'h1'))
    ));
    assert.doesNotMatch(JSON.stringify(snapshot), /59284617|482913|1234/, markup);
    if (/PIN|PUK/.test(markup)) continue; // there, every number may be one
    assert.deepEqual(snapshot.fields.filter(({ name }) => /^h\d$/.test(name)).map(({ value }) => value), ['Birim 7 Şubesi', 'Birim 7 Şubesi'], markup);
    assert.ok(snapshot.buttons.some(({ text }) => text === 'Sayfa 7'), markup);
  }
});

test('of an address only what tells the page is sent', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go;jsessionid=abc?ekran=form&bilet=def#ghi');
  const { snapshot } = await until('the request', async () => (await workerMessages()).find((message) => message.snapshot));
  assert.equal(snapshot.url, 'https://portal.kamusm.gov.tr/bp/ws.go');
});

test('a code of a place makes no secret', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate(() => {
    document.querySelector('form').insertAdjacentHTML('beforebegin', `<label>Mahalle <input name="mahalleKodu" value="Gül Mah. 123"></label>
      <datalist id="n"><option>Yenileme</option></datalist><label>Başvuru Nedeni <input name="nedenKodu" list="n" value="Yenileme"></label>`);
    document.body.append('son');
  });
  const { snapshot } = await until('a request with the last text', async () => (
    (await workerMessages()).findLast((message) => message.snapshot?.texts?.includes('son'))
  ));
  assert.deepEqual(snapshot.fields.filter(({ name }) => /Kodu$/.test(name) && name !== 'resimKodu').map(({ value }) => value).slice(0, 2), ['Gül Mah. 123', 'Yenileme']);
});

test('a secret in one component does not make the fields of others unread, which have the same id', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate(() => {
    for (const label of ['PIN Kodu', 'Değer']) {
      const host = document.querySelector('form').appendChild(document.createElement('x-alan'));
      host.attachShadow({ mode: 'open' }).innerHTML = `<label for="i">${label}</label><input id="i" value="yazi-${label.length}">`;
    }
    document.body.append('son metin');
  });
  const { snapshot } = await until('a request with the last text', async () => (
    (await workerMessages()).findLast((message) => message.snapshot?.texts?.includes('son metin'))
  ));
  assert.deepEqual(snapshot.fields.filter(({ id }) => id === 'i').map(({ value }) => value), [undefined, TYPED]);
});

test('single-digit boxes and replacements of secret fields are not read', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate(() => {
    const boxes = '<input name="kutu" maxlength="9">'.repeat(4);
    document.querySelector('form').insertAdjacentHTML('beforebegin', `<p>SMS Kodu ${boxes}</p>
      <p><label>Değer <input type="password" name="degisen"></label></p>`);
  });
  await until('a request', async () => (await workerMessages()).some(({ snapshot }) => snapshot?.fields?.some((field) => field.name === 'degisen')));
  await page.evaluate(() => {
    const old = document.querySelector('[name=degisen]');
    old.outerHTML = '<input type="text" name="degisen">';
  });
  for (const field of await page.locator('[name=kutu], [name=degisen]').all()) await field.fill('gizli-yazi'.slice(0, 9));
  await page.evaluate(() => document.body.append('son'));
  await until('a request after the last key', async () => (
    (await workerMessages()).some(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  assert.ok(!JSON.stringify(await workerMessages()).includes('gizli-yaz'));
});

test('a field is no longer read once it is masked or renamed to a code', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate(() => document.querySelector('form').insertAdjacentHTML('beforebegin', `
    <p><label for="a1">Adres</label> <input id="a1" name="a1" value="açık"></p>
    <p><label for="a2">Adres</label> <input id="a2" name="a2" value="açık"></p>
    <p><label for="a3">Adres</label> <input id="a3" name="a3" value="açık"></p>`));
  const fieldsOf = ({ snapshot }) => (snapshot?.fields ?? []).filter(({ name }) => /^a[123]$/.test(name));
  await until('a request', async () => (await workerMessages()).some((message) => fieldsOf(message).filter(({ value }) => value === 'açık').length === 3));
  await page.evaluate(() => {
    document.querySelector('#a1').style = '-webkit-text-security: disc';
    document.querySelector('[for=a2]').textContent = 'PIN';
    document.querySelector('[for=a3]').htmlFor = '';
    for (const field of document.querySelectorAll('#a1, #a2, #a3')) field.value = 'gizli-yazi';
    document.body.append('son');
  });
  const last = await until('a request after the last key', async () => (
    (await workerMessages()).find(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  assert.deepEqual(fieldsOf(last).map(({ unread }) => unread), [true, true, undefined]);
  assert.ok(!JSON.stringify(fieldsOf(last).slice(0, 2)).includes('gizli-yazi'));
});

test('a text is sent only where a check needs it', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate(() => {
    const fields = [
      ['Anahtar', 'Kırmızı bisiklet'], ['Adınız', 'Ayşe'], ['Maske', '12__-____'], ['Boş maske', '__.__'], ['İpucu', 'Örnek'],
      ['Tebligat Adresi', 'Gül Sok. 5'], ['İletişim e-postanız', 'a@ornek.example'],
    ];
    document.querySelector('form').insertAdjacentHTML('beforebegin', fields.map(([label, value], index) => (
      `<p><label for="b${index}">${label}</label> <input id="b${index}" name="b${index}" placeholder="Örnek" value="${value}"></p>`
    )).join(''));
    document.body.append('son');
  });
  const { snapshot } = await until('a request with the last text', async () => (
    (await workerMessages()).findLast((message) => message.snapshot?.texts?.includes('son'))
  ));
  assert.deepEqual(
    snapshot.fields.filter(({ name }) => /^b\d$/.test(name)).map(({ value }) => value),
    [TYPED, TYPED, '__', '__.__', 'Örnek', 'Gül Sok. 5', 'a@ornek.example'],
  );
});

test('a PIN that the page shows as text is not sent', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock');
  await page.evaluate(() => {
    document.title = 'PIN 482109';
    document.querySelector('main').insertAdjacentHTML('beforeend', `
      <h2>482109</h2><button type="button">482109</button><label>PIN 482109 <input name="a"></label>
      <p>48 21 09</p><p>482-109</p><p><b>4</b> <b>8</b> <b>2</b></p><p>PUK: 48A21B09</p><input placeholder="482109">
      <select><option>482109</option></select><p>son</p>`);
  });
  const last = await until('the request', async () => (
    (await workerMessages()).find(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  const { url, fields, ...others } = last.snapshot;
  const shown = JSON.stringify([others, fields.map(({ ref, name, id, ...rest }) => rest), others.buttons.map((button) => button.text)]);
  assert.doesNotMatch(shown.replaceAll(/"ref":"\w+"/g, ''), /\d/);
});

test('a revealed password is still not read', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://nesbireysel.kamusm.gov.tr/nb.go?ekran=unlock');
  await page.evaluate(() => {
    const field = document.querySelector('[name=yeniPin]');
    field.labels[0].textContent = 'Kod';
    field.name = 'x';
    field.id = 'y';
  });
  await until('a request', async () => (await workerMessages()).some(({ snapshot }) => snapshot?.fields?.some((field) => field.name === 'x')));
  await page.evaluate(() => { document.querySelector('[name=x]').type = 'text'; });
  await page.locator('[name=x]').fill('86420');
  await page.evaluate(() => document.body.append('son'));
  await until('a later request', async () => (await workerMessages()).some(({ snapshot }) => snapshot?.texts?.includes('son')));
  assert.ok(!JSON.stringify(await workerMessages()).includes('86420'));
});

/** Names of secrets, and texts before a secret that the page shows. */
const SPELLINGS = [
  'PUKunuz', 'Pininiz', 'kartPini', 'P.I.N.', 'Onay numarası', 'Kredi Kartı No', 'Güvenlik No', 'Son Kullanım Tarihi', 'CCV', 'Şifreniz', 'Parolanız',
  'kart_pin', 'kart.puk', 'P U K', 'onayNo', 'cardNumber',
];

test('marked values in fields of every spelling and attribute are in no message', async () => {
  const workerMessages = await recordWorkerMessages(browser);
  await page.goto('https://portal.kamusm.gov.tr/bp/ws.go?ekran=form');
  await page.evaluate((names) => {
    const form = document.querySelector('form');
    for (const [index, name] of names.entries()) {
      const value = `gizli-${index}-deger`;
      for (const attribute of ['label', 'name', 'id', 'placeholder', 'aria-label', 'title']) {
        const row = document.createElement('p');
        const label = row.appendChild(document.createElement('label'));
        label.append(attribute === 'label' ? name : 'Değer ');
        const field = label.appendChild(document.createElement('input'));
        if (attribute !== 'label') field.setAttribute(attribute, name);
        field.value = value;
        form.before(row);
      }
    }
    form.insertAdjacentHTML('beforebegin', '<label>Bilinmeyen <input name="x1" value="59284617"></label><label>Başka <input name="x2" value="48A21B09"></label>'
      + '<p>Şifreniz: gizli-metin</p><p>Onay numaranız</p><p>59284617</p>');
    document.body.append('son');
  }, SPELLINGS);
  await until('a request with the last text', async () => (
    (await workerMessages()).some(({ snapshot }) => snapshot?.texts?.includes('son'))
  ));
  const messages = JSON.stringify(await workerMessages());
  assert.deepEqual(SPELLINGS.filter((_, index) => messages.includes(`gizli-${index}-deger`)), []);
  for (const mark of ['59284617', '48A21B09', 'gizli-metin']) assert.ok(!messages.includes(mark), mark);
});
