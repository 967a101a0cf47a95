// Reads forms in every markup that pages use: which fields are found, with which labels, shown values and choices. Each
// page is written here; what other components make of the same screens is tested in tests/frameworks.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { contentScriptOf } from './content-script.mjs';
import { openHtml } from './page-fixture.mjs';

const HIDDEN = 'position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0,0,0,0)';
const REASONS = ['Seçiniz', 'Yenileme', 'Kayıp Çalıntı'];
const OPTIONS = REASONS.map((text) => `<option>${text}</option>`).join('');

let browser;
let page;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
});
after(() => browser?.close());

/** Serves a page and returns its snapshot. */
async function read(html) {
  await openHtml(page, `<!doctype html><html lang="tr"><meta charset="utf-8"><body>${html}`);
  const run = await contentScriptOf(page);
  return JSON.parse(await run('JSON.stringify(takeSnapshot())'));
}

/** Returns the fields of a page, each as "label = value". */
async function fieldsOf(html) {
  const { fields = [] } = await read(html);
  return fields.map(({ label = '', value = '' }) => `${label} = ${value}`);
}

/** Checks the labels and values of fields in several markups. */
function readsEach(cases) {
  for (const [name, [html, ...expected]] of Object.entries(cases)) {
    test(name, async () => assert.deepEqual(await fieldsOf(html), expected));
  }
}

describe('a choice is one field with the text that is shown', () => {
  readsEach({
    'a native list': [
      `<label>Başvuru Nedeni <select>${OPTIONS}</select></label>`, 'Başvuru Nedeni = Seçiniz',
    ],
    'a box with the role of a combobox': [
      '<p id=l>Başvuru Nedeni</p><div role=combobox tabindex=0 aria-labelledby=l>Kayıp Çalıntı</div>',
      'Başvuru Nedeni = Kayıp Çalıntı',
    ],
    'a combobox that names itself with its own value': [
      '<span id=l>Başvuru Nedeni</span><div id=v role=combobox tabindex=0 aria-labelledby="l v">Yenileme</div>',
      'Başvuru Nedeni = Yenileme',
    ],
    'a button that opens a list': [
      '<span id=l>Başvuru Nedeni</span><button type=button aria-haspopup=listbox aria-labelledby=l>Yenileme</button>',
      'Başvuru Nedeni = Yenileme',
    ],
    'a transparent search field over the chosen text': [
      `<label for=i>Başvuru Nedeni</label><div style="border:1px solid;position:relative;width:200px;height:30px">
        <span style="position:absolute;inset:0"><input id=i role=combobox readonly style="opacity:0;width:100%"></span><span>Yenileme</span></div>`,
      'Başvuru Nedeni = Yenileme',
    ],
    'a native list that is clipped away behind a box': [
      `<label for=s>Başvuru Nedeni</label><div style="border:1px solid;width:200px;position:relative"><div style="${HIDDEN}">
        <input role=combobox></div><div style="${HIDDEN}"><select id=s aria-hidden=true>${OPTIONS}</select></div><span>Seçiniz</span></div>`,
      'Başvuru Nedeni = Seçiniz',
    ],
    'a native list that is not shown, before a box that is': [
      `<label for=s>Başvuru Nedeni</label><select id=s style="display:none">${OPTIONS}</select>
        <span role=combobox tabindex=0 style="display:inline-block;width:200px">Seçiniz</span>`,
      'Başvuru Nedeni = Seçiniz',
    ],
    'a read-only input that shows what a hidden list has': [
      `<label>Başvuru Nedeni</label><div><input readonly value="Seçiniz"><select style="display:none">${OPTIONS}</select></div>`,
      'Başvuru Nedeni = Seçiniz',
    ],
    'a box that takes the focus, with a label in the same row': [
      '<div><span>Başvuru Nedeni</span><div tabindex=0 style="border:1px solid">Yenileme</div></div>',
      'Başvuru Nedeni = Yenileme',
    ],
    'two hidden lists in one row, each before its own box': [
      `<form><label for=a>Başvuru Nedeni</label><select id=a style="display:none">${OPTIONS}</select><span role=combobox tabindex=0>Yenileme</span>
        <label for=b>Kart Okuyucu Tipi</label><select id=b style="display:none"><option>İstemiyorum</select><span role=combobox tabindex=0>İstemiyorum</span></form>`,
      'Başvuru Nedeni = Yenileme', 'Kart Okuyucu Tipi = İstemiyorum',
    ],
    'a pale text that asks to choose': [
      '<p id=l>Başvuru Nedeni</p><div role=combobox tabindex=0 aria-labelledby=l><span class=x-placeholder style="color:#a8abb2">Bir neden</span></div>',
      'Başvuru Nedeni = ',
    ],
    'a chosen text in what is called a placeholder': [
      '<p id=l>Başvuru Nedeni</p><div role=combobox tabindex=0 aria-labelledby=l><span class=x-placeholder style="color:#606266">Yenileme</span></div>',
      'Başvuru Nedeni = Yenileme',
    ],
    'an arrow that is named, beside a box named by its value': [
      '<label>Başvuru Nedeni</label><div><span role=combobox tabindex=0 aria-label=Yenileme>Yenileme</span><div role=button aria-haspopup=listbox aria-label="dropdown trigger" style="width:20px;height:20px"></div></div>',
      'Başvuru Nedeni = Yenileme',
    ],
    'a combobox of which a button inside has the label': [
      '<label for=b>Başvuru Nedeni</label><div role=combobox aria-haspopup=listbox><button type=button id=b>Yenileme</button></div>',
      'Başvuru Nedeni = Yenileme',
    ],
    'a button that a label names': [
      '<label for=b>Başvuru Nedeni</label><div style="border:1px solid"><div aria-hidden=true>Yenileme</div><button type=button id=b aria-haspopup=dialog aria-label="Başvuru Nedeni, Yenileme" style="opacity:0.01"></button></div>',
      'Başvuru Nedeni = Yenileme',
    ],
    'an empty box with its label beside it in a frame': [
      '<div style="position:relative;border:1px solid"><label id=l style="position:absolute">Başvuru Nedeni</label><div role=combobox tabindex=0 aria-labelledby="l v" id=v style="width:200px;height:30px"><span>\u200b</span></div></div>',
      'Başvuru Nedeni = ',
    ],
    'a read-only input with an arrow': [
      '<label>Başvuru Nedeni</label><table><tr><td><input readonly value=Yenileme><td><a style="display:block;width:16px">▾</a></table>', 'Başvuru Nedeni = Yenileme',
    ],
    'a transparent native list over a button': [
      `<label for=s>Başvuru Nedeni</label><div style="position:relative;display:inline-block"><select id=s style="opacity:0;position:absolute;inset:0">${OPTIONS}</select><button type=button tabindex=-1>Seçiniz</button></div>`,
      'Başvuru Nedeni = Seçiniz',
    ],
    'an empty box': [
      '<p id=l>Başvuru Nedeni</p><div role=combobox tabindex=0 aria-labelledby=l style="width:99px;height:20px">&nbsp;</div>',
      'Başvuru Nedeni = ',
    ],
    'a label that is drawn inside the box': [
      '<div role=combobox tabindex=0 aria-label="Başvuru Nedeni"><span>Başvuru Nedeni</span><br><span>Yenileme</span></div>',
      'Başvuru Nedeni = Yenileme',
    ],
  });

  test('its choices are read where they are in the page', async () => {
    const { fields } = await read(`<p id=l>Başvuru Nedeni</p><div role=combobox tabindex=0 aria-labelledby=l aria-controls=list
      aria-expanded=true>Yenileme</div><ul id=list role=listbox>${REASONS.map((text) => `<li role=option>${text}`).join('')}</ul>`);
    assert.deepEqual(fields.map(({ kind, options }) => [kind, options]), [['select', REASONS]]);
  });

  test('a hidden list that nothing is drawn for is not read', async () => {
    assert.deepEqual(await fieldsOf(`<form><select style="display:none" name=x>${OPTIONS}</select><label>Ad <input></label></form>`), ['Ad = ']);
  });

  test('boxes of a menu are no choices', async () => {
    const { fields = [] } = await read('<div tabindex=0>Başvuru İşlemleri</div><div tabindex=0>PIN / PUK Bilgisi</div>');
    assert.deepEqual(fields, []);
  });
});

describe('a group of choices is one field', () => {
  readsEach({
    'radio buttons after a question': [
      '<p>Sertifikam Internetten Yayınlansın mı? <label><input type=radio name=y> Evet</label> <label><input type=radio name=y checked> Hayır</label></p>',
      'Sertifikam Internetten Yayınlansın mı? = Hayır',
    ],
    'radio buttons beside their question in a table': [
      '<table><tr><td>Yayınlansın mı<td><input type=radio name=y checked> Evet <input type=radio name=y> Hayır</table>',
      'Yayınlansın mı = Evet',
    ],
    'a fieldset with a legend': [
      '<fieldset><legend>Yayınlansın mı</legend><input type=radio name=y id=e><label for=e>Evet</label><input type=radio name=y id=h><label for=h>Hayır</label></fieldset>',
      'Yayınlansın mı = ',
    ],
    'radio buttons that are clipped away behind their labels': [
      `<div>Yayınlansın mı</div><div><label><input type=radio name=y style="${HIDDEN}"><span>Evet</span></label><label><input type=radio name=y checked style="${HIDDEN}"><span>Hayır</span></label></div>`,
      'Yayınlansın mı = Hayır',
    ],
    'elements with the role of radio buttons': [
      '<span id=q>Yayınlansın mı</span><div role=radiogroup aria-labelledby=q><div role=radio tabindex=0 aria-checked=true>Evet</div><div role=radio tabindex=-1 aria-checked=false>Hayır</div></div>',
      'Yayınlansın mı = Evet',
    ],
    'buttons of which one stays pressed': [
      '<div id=q>Yayınlansın mı</div><div role=group aria-labelledby=q><button type=button aria-pressed=false>Evet</button><button type=button aria-pressed=true>Hayır</button></div>',
      'Yayınlansın mı = Hayır',
    ],
  });

  test('joined buttons without a state, after a label', async () => {
    const bar = (chosen) => `<div><label>Sertifika Süresi</label><div style="display:flex"><button type=button class="b">1 Yıl</button><button type=button class="b${chosen}">3 Yıl</button></div></div>`;
    assert.deepEqual(await fieldsOf(bar(' b--active')), ['Sertifika Süresi = 3 Yıl']);
    assert.deepEqual(await fieldsOf(bar('')), ['Sertifika Süresi = ']);
  });

  test('joined buttons without a label are no field', async () => {
    assert.deepEqual(await fieldsOf('<div style="display:flex"><button type=button>Temizle</button><button type=button>Kaydet</button></div>'), []);
  });

  test('all choices are known', async () => {
    const { fields } = await read('<p>Tip <label><input type=radio name=t> Mini</label> <label><input type=radio name=t> Masaüstü</label></p>');
    assert.deepEqual(fields.map(({ kind, options }) => [kind, options]), [['radio', ['Mini', 'Masaüstü']]]);
  });
});

describe('labels', () => {
  readsEach({
    'without an icon, help in small type, or a part for screen readers': [
      `<label for=a><i aria-hidden=true>home</i> Adres <small>Kısaltma yazmayınız</small><span style="${HIDDEN}">zorunlu</span></label><input id=a value=x>`,
      'Adres = x',
    ],
    'only the first line': ['<label for=a>Adres<div>Kısaltma kullanmadan yazınız</div></label><input id=a value=x>', 'Adres = x'],
    'with what is in parentheses': [
      '<label for=a>Kimlik No<br>(ya da Pasaport No)</label><input id=a value=x>', 'Kimlik No (ya da Pasaport No) = x',
    ],
    'far away in the same row': [
      '<div><div><label>Adres</label></div><div><div><div><div><span><input value=x></span></div></div></div></div></div>', 'Adres = x',
    ],
    'before a unit that is joined to the field': [
      '<div><label>E-posta</label><div><span style="border:1px solid;background:#eee">Adresiniz</span><input value=x></div></div>', 'E-posta = x',
    ],
    'in the row above': [
      '<table><tr><td>T.C. Kimlik No<td>GSM<tr><td><input value=1><td><input value=2></table>', 'T.C. Kimlik No = 1', 'GSM = 2',
    ],
    'in a row above that is no table': [
      '<div style="display:flex"><div style="flex:1">İl</div><div style="flex:1">İlçe</div></div><div style="display:flex"><div style="flex:1"><input value=1></div><div style="flex:1"><input value=2></div></div>',
      'İl = 1', 'İlçe = 2',
    ],
    'the alternative text of a picture': ['<table><tr><td><img alt=Adres width=9 height=9><td><input value=x></table>', 'Adres = x'],
    'around the field, hidden from assistive technology, which is told it by reference': [
      '<label for=a><span aria-hidden=true><span id=l>Adres</span></span><input id=a aria-labelledby=l value=x></label>', 'Adres = x',
    ],
    'said twice': ['<label for=a>Adres</label><label for=a>Adres</label><input id=a value=x>', 'Adres = x'],
  });

  for (const [name, html] of Object.entries({
    'the attribute': '<label>Adres <input required></label>',
    'a star that is hidden from screen readers': '<label for=a>Adres<span aria-hidden=true>*</span></label><input id=a>',
    'a star drawn by CSS': '<style>label::after { content: " *" }</style><label for=a>Adres</label><input id=a>',
  })) {
    test(`a mandatory field is marked by ${name}`, async () => {
      assert.equal((await read(html)).fields[0].required, true);
    });
  }

  test('a mandatory field is marked by a star beside it', async () => {
    const { fields } = await read('<form><div><label>Ad</label><span><input></span><b>*</b></div><div><label>Soyad</label><span><input></span></div></form>');
    assert.deepEqual(fields.map(({ required }) => required), [true, undefined]);
  });

  test('a combobox of which only the typing is forbidden can be changed', async () => {
    const { fields } = await read('<label for=a>Ad</label><div style="border:1px solid"><span>Yenileme</span><input id=a role=combobox aria-readonly=true style="width:2px"></div>');
    assert.deepEqual(fields.map(({ value, readonly }) => [value, readonly]), [['Yenileme', undefined]]);
  });

  test('a component before a field is no label', async () => {
    const define = 'customElements.define("x-a", class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<span>" + this.title + "</span><input aria-label=" + this.title + ">"; } })';
    assert.deepEqual(await fieldsOf(`<div><x-a title=GSM></x-a></div><div><x-a title=Adres></x-a></div><script>${define}</script>`), ['GSM = ', 'Adres = ']);
  });

  test('a field without any mark is not mandatory', async () => {
    assert.equal((await read('<style>label::after { content: ":" }</style><label for=a>Adres</label><input id=a>')).fields[0].required, undefined);
  });
});

test('a transparent field, whose label lies over it, is read', async () => {
  assert.deepEqual(await fieldsOf('<div style="border:1px solid;width:300px;position:relative"><label for=a style="position:absolute">Adres</label><input id=a style="opacity:0;width:280px"></div>'), ['Adres = ']);
});

test('the button that reveals a password is no field', async () => {
  assert.deepEqual(await fieldsOf('<label for=p>Parola</label><input id=p type=password><span role=button tabindex=0 aria-label=Göster>👁</span><i tabindex=0>x</i>'), ['Parola = ']);
});

test('buttons that show passwords are no group of choices', async () => {
  const field = (name) => `<div><label for=${name}>${name}</label><input id=${name} type=password><button type=button aria-pressed=false aria-label=Göster>x</button></div>`;
  assert.deepEqual(await fieldsOf(field('Parola') + field('Tekrar')), ['Parola = ', 'Tekrar = ']);
});

describe('other roots', () => {
  readsEach({
    'a field in a shadow root': [
      '<x-a></x-a><script>customElements.define("x-a", class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<label for=i>Adres</label><input id=i value=x>"; } })</script>',
      'Adres = x',
    ],
    'a field in a slot, with a label in the shadow root': [
      '<x-a><input value=x></x-a><script>customElements.define("x-a", class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<div>Adres</div><slot></slot>"; } })</script>',
      'Adres = x',
    ],
    'text that is edited in the page itself': [
      '<span id=l>Adres</span><div contenteditable role=textbox aria-labelledby=l>Gül Caddesi<div>Yenişehir</div></div>',
      'Adres = Gül Caddesi\nYenişehir',
    ],
  });
});

describe('what cannot be seen or used is not read', () => {
  for (const [name, style] of Object.entries({
    inert: 'inert', 'hidden from everyone': 'aria-hidden=true', 'beyond the edge of a slider': 'style="position:absolute;left:300%"',
    'cut off by its container': 'style="height:0;overflow:hidden"', 'left of the page': 'style="position:absolute;left:-9999px"',
  })) {
    test(`a step that is ${name}`, async () => {
      const { headings, fields, texts } = await read(`<div style="overflow:hidden;position:relative;height:200px"><h1>Giriş</h1>
        <section ${style}><h2>Menü</h2><label>Adres <input></label><p>Metin</p></section></div>`);
      assert.deepEqual([headings, fields, texts], [['Giriş'], undefined, ['Giriş']]);
    });
  }

  test('what can be scrolled to is read', async () => {
    assert.deepEqual(await fieldsOf('<div style="height:50px;overflow:auto"><p style="height:500px">Metin</p><label>Adres <input></label></div>'), ['Adres = ']);
  });

  test('behind an open dialog, texts tell which page it is, but fields are not read', async () => {
    const { headings, fields } = await read('<main aria-hidden=true><h1>Başvuru</h1><label>Ad <input></label></main><div role=dialog aria-modal=true><label>Adres <input></label></div>');
    assert.deepEqual([headings, fields.map(({ label }) => label)], [['Başvuru'], ['Adres']]);
  });
});

describe('menu entries', () => {
  for (const [name, html] of Object.entries({
    'a box with a hand': '<div style="cursor:pointer"><b>PIN / PUK Bilgisi</b></div>',
    'a menu item': '<ul role=menu><li role=menuitem tabindex=-1>PIN / PUK Bilgisi</ul>',
    'a link with an icon': '<a href="#"><i aria-hidden=true>vpn_key</i> PIN / PUK Bilgisi</a>',
    'a link that is stretched over a card': '<style>a::after { content: ""; position: absolute; inset: 0 }</style><div style="position:relative"><h5>PIN / PUK Bilgisi</h5><a href="#">Aç</a></div>',
    'a button with an explanation': '<button type=button><div>PIN / PUK Bilgisi</div><div>Kodlarınızı gösterir</div></button>',
  })) {
    test(name, async () => assert.deepEqual((await read(html)).buttons?.map(({ text }) => text), ['PIN / PUK Bilgisi']));
  }

  test('a plain text is no menu entry', async () => {
    assert.equal((await read('<div>PIN / PUK Bilgisi</div>')).buttons, undefined);
  });
});
