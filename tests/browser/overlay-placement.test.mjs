// Where the overlay stands on markup of all kinds: its parts cover no control, no list and no text that they must leave
// readable, and what has no room beside its field is found in the corner panel.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { contentScriptOf } from './content-script.mjs';
import { assertCoversNothing, covered } from './covers-nothing.mjs';
import { Overlay } from './overlay-reader.mjs';
import { formPage, openHtml } from './page-fixture.mjs';
import { until } from './until.mjs';

const ADDRESS = 'Gül Mah. Lale Sok. No:5';
const FIELD = '<label for="adres">Adres</label><br><textarea id="adres" rows="3" cols="50"></textarea>';
/** The last one is the first one at 200 %. */
const WINDOWS = [{ width: 1280, height: 860 }, { width: 1006, height: 700 }, { width: 787, height: 573 }, { width: 590, height: 430 }];

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
after(() => browser?.close());
beforeEach(async () => {
  await page.setViewportSize(WINDOWS[0]);
  await page.goto('about:blank');
});

const PAGES = {
  'a bar with buttons fixed at the bottom right': formPage(
    `${FIELD}<div class="bar"><button type="button">Vazgeç</button> <button type="button">Gönder</button></div>`,
    '.bar { position: fixed; left: 0; right: 0; bottom: 0; background: #eee; padding: 12px 24px; text-align: right }',
  ),
  'buttons aligned to the right, and a form as wide as the window': formPage(`<form><label for="ad">Ad Soyad</label><br>
    <input id="ad" class="wide"><br><label for="adres">Adres</label><br><textarea id="adres" rows="12" class="wide"></textarea><br>
    <div style="text-align: right"><button type="button">Temizle</button> <button type="button">Gönder</button></div></form>`, '.wide { width: 100%; box-sizing: border-box }'),
  'a field whose box holds a button': formPage(`<label for="kn">T.C. Kimlik No</label><br><span class="box"><input id="kn" value="10000000147">
    <button type="button" aria-label="Temizle">✕</button></span><br>${FIELD}`,
  '.box { display: inline-flex; border: 1px solid #888; width: 420px; padding: 4px } .box input { flex: 1; border: 0 } .box button { border: 0; width: 26px }'),
  'fields in two columns without a gap': formPage(`<div class="grid"><label>T.C. Kimlik No <input value="10000000147"></label>
    <label>Telefon <input></label><label>Adres <textarea id="adres"></textarea></label><label>İl <input></label></div>`,
  '.grid { display: grid; grid-template-columns: 1fr 1fr } .grid :is(input, textarea) { width: 100%; box-sizing: border-box; display: block }'),
  'a disabled button that takes no pointer events': formPage(`${FIELD}<button class="send" disabled>Gönder</button>`,
    '.send { position: fixed; right: 16px; bottom: 16px; padding: 10px 28px; pointer-events: none }'),
  'a part that can be pressed and says so by its pointer only': formPage(`${FIELD}<div class="send">Gönder</div>`,
    '.send { position: fixed; right: 16px; bottom: 16px; padding: 10px 28px; cursor: pointer }'),
  'fields in open shadow roots': formPage(`<x-field label="Adres"></x-field><x-button></x-button><script>
    customElements.define('x-field', class extends HTMLElement { connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = '<label for="adres">Adres</label><br><textarea id="adres" rows="3" cols="50"></textarea>'; } });
    customElements.define('x-button', class extends HTMLElement { connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = '<button style="position: fixed; right: 16px; bottom: 16px">Gönder</button>'; } });
    </script>`),
};

describe('covers nothing', () => {
  for (const [name, html] of Object.entries(PAGES)) {
    test(name, async () => {
      await openHtml(page, html);
      const run = await contentScriptOf(page);
      await until('the overlay', async () => (await overlay.nodes()).length > 3);
      for (const size of WINDOWS) {
        await page.setViewportSize(size);
        await assertCoversNothing(run, `${size.width} px, without the focus`);
        for (const field of await page.locator('input, textarea').all()) {
          await field.focus();
          await assertCoversNothing(run, `${size.width} px, ${await field.getAttribute('id')}`);
        }
        await page.locator('#adres').fill(ADDRESS);
        await until('the underlines', async () => (await overlay.nodes()).length > 3);
        await assertCoversNothing(run, `${size.width} px, with findings`);
        await page.locator('#adres').fill('');
      }
    });
  }
});

describe('a badge', () => {
  test('stands outside of the box that is drawn around its field', async () => {
    await openHtml(page, PAGES['a field whose box holds a button']);
    await page.locator('#kn').fill('10000000147');
    await page.locator('#adres').focus();
    await until('the badge', async () => (await overlay.textsOf('badge')).includes('1'));
    const box = await page.locator('.box').boundingBox();
    const badge = await overlay.box('badge', 0);
    assert.ok(badge.left >= box.x + box.width, JSON.stringify([badge, box]));
  });

  test('without room is listed in the corner panel, and its card opens from there', async () => {
    const close = '.close { display: grid; grid-template-columns: 1fr 1fr } .close > * { border: 1px solid; padding: 6px; height: 60px }';
    await openHtml(page, formPage(`<div class="close">${'<button type="button">Düğme</button>'.repeat(4)}
      <label>Adres <input id="adres" value="Gül Cad. 5"></label>${'<button type="button">Düğme</button>'.repeat(3)}</div>`, `${close} label { padding: 0; border: 0 } input { width: 100%; height: 100%; box-sizing: border-box }`));
    await until('the entry', async () => (await overlay.buttons()).some((text) => /Adres.*: /.test(text)));
    await overlay.press('Adres');
    await overlay.waitForCount(1, 'card');
    await overlay.press('Cad. → Caddesi');
    await until('the fix', async () => await page.locator('#adres').inputValue() === 'Gül Caddesi 5');
  });

  test('opens its card by a press, which closes the one that is open', async () => {
    await openHtml(page, PAGES['a field whose box holds a button']);
    await page.locator('#adres').fill(ADDRESS);
    await overlay.waitForText('Bu formda kısaltma yazılmaz');
    await overlay.pressBadge();
    await overlay.waitForText('yazım yanlışı var');
    assert.equal((await overlay.textsOf('card')).length, 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'adres', 'the focus stays in the field');
  });
});

describe('the corner panel', () => {
  test('starts as a chip where it would cover a control, and opens at the user’s wish', async () => {
    await page.setViewportSize({ width: 590, height: 430 });
    await openHtml(page, formPage(`<p>${'<button type="button" style="width: 32%; height: 60px">Düğme</button> '.repeat(18)}</p>${FIELD}`));
    await until('no panel', async () => (await overlay.nodes()).length > 3 && (await overlay.textsOf('corner')).length === 0);
    await openHtml(page, PAGES['buttons aligned to the right, and a form as wide as the window']);
    await overlay.waitForCount(1, 'corner-tab');
    await overlay.press('e-İmza Yardımcısı’nı aç');
    await overlay.waitForText('Bu sayfa kart okuyucu satın almak içindir');
    const run = await contentScriptOf(page);
    for (const field of await page.locator('input, textarea').all()) {
      await field.focus();
      const id = await field.getAttribute('id');
      assert.deepEqual((await covered(run)).filter((line) => line.includes(`#${id} `)), [], 'it gives way to the focus');
    }
  });

  test('gives way to a list that opens under it', async () => {
    await openHtml(page, formPage(`${FIELD}<div id="list" hidden>${'<div>Mersin</div>'.repeat(6)}</div>`,
      '#list { position: absolute; z-index: 5; right: 20px; bottom: 20px; width: 240px; background: #fff; border: 1px solid }'));
    await overlay.waitForCount(1, 'corner');
    await page.evaluate(() => { document.getElementById('list').hidden = false; });
    const isClear = async () => {
      const run = await contentScriptOf(page);
      return run(`(() => { const list = document.getElementById('list').getBoundingClientRect();
        return [...overlayRoot.querySelectorAll('.corner, .corner-tab')].every((part) => !boxesOverlap(part.getBoundingClientRect(), list)); })()`);
    };
    await until('the list to be clear', isClear);
    await page.evaluate(() => { document.getElementById('list').hidden = true; });
    await overlay.waitForCount(1, 'corner');
  });

  test('folds to the chip while the card stands in its place', async () => {
    await openHtml(page, formPage('<div class="low"><label for="adres">Adres</label><br><textarea id="adres" rows="3"></textarea></div>',
      '.low { position: absolute; left: 640px; top: 560px } textarea { width: 260px }'));
    await overlay.waitForCount(1, 'corner');
    const panel = await overlay.box('corner', 0);
    await page.locator('#adres').focus();
    await overlay.waitForCount(1, 'corner-tab');
    assert.equal((await overlay.textsOf('card')).length, 1);
    await assertCoversNothing(await contentScriptOf(page), 'with the card');
    await page.evaluate(() => document.activeElement.blur());
    await overlay.waitForCount(1, 'corner');
    assert.deepEqual(await overlay.box('corner', 0), panel);
  });

  test('takes the card that has no room beside its field', async () => {
    await page.setViewportSize({ width: 1006, height: 700 });
    await openHtml(page, formPage(`<div style="margin-bottom: 20px">${'<button type="button" style="width: 100%">Düğme</button>'.repeat(4)}</div>
      <textarea id="adres" aria-label="Adres" style="display: block; width: 100%; height: 60px; box-sizing: border-box"></textarea>
      <div style="margin-bottom: 420px">${'<button type="button" style="width: 100%">Düğme</button>'.repeat(4)}</div>`));
    await page.locator('#adres').fill('Gül Cad. 5');
    await overlay.waitForText('Cad. → Caddesi');
    const run = await contentScriptOf(page);
    assert.ok(await run("overlayRoot.querySelector('.corner .card') !== null"));
    await assertCoversNothing(run, 'docked');
    await overlay.press('Cad. → Caddesi');
    await until('the fix', async () => await page.locator('#adres').inputValue() === 'Gül Caddesi 5');
  });
});

for (const [name, top] of Object.entries({ 'there is room': 690, 'it would cover a button': 640 })) {
  test(`a card that grows while the user types, where ${name}`, async () => {
    await openHtml(page, formPage(`${FIELD}<button type="button">Gönder</button>`,
      `h1 { margin-bottom: 150px } textarea { width: 400px } button { position: absolute; left: 500px; top: ${top}px; width: 200px }`));
    const run = await contentScriptOf(page);
    const place = () => run("(({ left, top }) => [left, top])(overlayRoot.querySelector('.card').getBoundingClientRect())");
    await page.locator('#adres').pressSequentially('Gül Cad. ');
    await overlay.waitForCount(1, 'mark');
    const before = await place();
    for (const count of [2, 3, 4]) {
      await page.locator('#adres').pressSequentially('Lale Mah. ');
      await overlay.waitForCount(count, 'mark');
      await assertCoversNothing(run, `${count} findings`);
    }
    const stays = JSON.stringify(await place()) === JSON.stringify(before);
    assert.equal(stays, top === 690, 'it moves only where it has to');
  });
}

test('a fix that removes characters that are not seen shows where they are', async () => {
  await openHtml(page, formPage('<label for="mail">E-posta</label><br><input id="mail">'));
  const field = page.locator('#mail');
  await field.fill('ad\u200b@kurum.example');
  await overlay.press('ad▯@kurum.example');
  await until('the fix', async () => await field.inputValue() === 'ad@kurum.example');
});

test('a list under the field is not covered', async () => {
  await page.setViewportSize({ width: 787, height: 573 });
  await openHtml(page, formPage(`<label for="adres">Adres</label><br><input id="adres" style="width: 96%" value="Gül Cad. 5">
    <div id="list" hidden><div>Mersin</div><div>Manisa</div><div>Muğla</div></div><br><label for="tel">Telefon</label><br><input id="tel" style="width: 96%">
    <script>adres.onfocus = () => { list.hidden = false; }; adres.onblur = () => { list.hidden = true; };</script>`,
  '#list { position: absolute; background: #fff; border: 1px solid; width: 96%; z-index: 10 }'));
  await page.locator('#adres').focus();
  await overlay.waitForText('Cad. → Caddesi').catch(() => {}); // where the list leaves no room, the card waits
  const run = await contentScriptOf(page);
  await assertCoversNothing(run, 'open');
  const overlap = await run(`(() => { const list = document.getElementById('list').getBoundingClientRect();
    return [...overlayRoot.querySelectorAll('.card, .badge, .corner, .corner-tab')].filter((part) => boxesOverlap(part.getBoundingClientRect(), list)).length; })()`);
  assert.equal(overlap, 0);
});

test('links of a menu keep their first letters', async () => {
  for (const style of ['', 'a { display: block }', 'ul { display: flex; gap: 10px; list-style: none; padding: 0 }']) {
    await openHtml(page, `<!doctype html><html lang="tr"><meta charset="utf-8"><title>Online İşlemler</title><style>${style}</style>
      <h1>NES İşlemleri</h1><ul>${['Kişi Ödemeli Başvuru', 'PIN Oluşturma/Kilit Çözme', 'PIN / PUK Bilgisi', 'Borç Sorgulama ve Ödeme'].map((text) => `<li><a href="#">${text}</a></li>`).join('')}</ul>`,
    { url: 'https://onlineislemler.kamusm.gov.tr/landing' });
    await until('the overlay', async () => (await overlay.nodes()).length > 3);
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await assertCoversNothing(await contentScriptOf(page), `${size.width} px, ${style}`);
    }
  }
});

test('a rotated field gets no underlines', async () => {
  await openHtml(page, formPage(`<div id="turn">${FIELD}</div>`));
  await page.locator('#adres').fill('Gül Cad. 5');
  await overlay.waitForCount(1, 'mark');
  const run = await contentScriptOf(page);
  await page.evaluate(() => { document.getElementById('turn').style.rotate = '4deg'; });
  await until('no underline', () => run("!overlayRoot.querySelector('.mark')?.checkVisibility()"));
});

test('a field that is edited in place gets underlines under its words, and fixes that can be undone', async () => {
  await openHtml(page, formPage('<label id="l">Adres</label><div id="adres" contenteditable role="textbox" aria-multiline="true" aria-labelledby="l" style="border: 1px solid; width: 400px; min-height: 70px"></div>'));
  const field = page.locator('#adres');
  await field.focus();
  await page.keyboard.type('Gül Mah. Lale Sok. 5');
  await overlay.waitForCount(2, 'mark');
  await overlay.press('Tümünü düzelt');
  await until('the fixes', async () => (await field.innerText()).trim() === 'Gül Mahallesi Lale Sokak 5');
  for (const _ of ['Mah.', 'Sok.']) await page.keyboard.press('Control+Z');
  await until('the text as typed', async () => (await field.innerText()).trim() === 'Gül Mah. Lale Sok. 5');
});

test('all fixes are applied to a field that the page builds anew with every change', async () => {
  await openHtml(page, formPage(`<form><label for="adres">Adres</label><br><span id="holder"></span></form><script>
    let value = '';
    function build() {
      const old = document.getElementById('adres');
      const hadFocus = old !== null && old === document.activeElement;
      const caret = old?.selectionStart;
      holder.innerHTML = '<textarea id="adres" name="adres" rows="3" cols="50"></textarea>';
      const field = document.getElementById('adres');
      field.value = value;
      if (hadFocus) { field.focus(); field.setSelectionRange(caret, caret); }
      field.oninput = () => { value = field.value; build(); };
    }
    build();
  </script>`));
  await page.locator('#adres').focus();
  await page.keyboard.type('Gül Mah. Lale Sok. 5');
  await overlay.press('Tümünü düzelt');
  await until('all fixes', async () => await page.locator('#adres').inputValue() === 'Gül Mahallesi Lale Sokak 5');
});
