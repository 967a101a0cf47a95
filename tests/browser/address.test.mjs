// The address field: underlines, and how fixes are applied to the page's own field.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { contentScriptOf } from './content-script.mjs';
import { until } from './until.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const TYPED = 'Atatürk Mah. 1234. Sok. No:5';
const WRITTEN_OUT = 'Atatürk Mahallesi 1234. Sokak Numara:5';
const MARKUPS = ['', 'table', 'placeholder', 'text', 'single-line', 'late', 'csp'];

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch();
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
after(() => browser?.close());

/** Opens the form; returns its address field. */
async function open(markup = '') {
  await page.goto(markup ? `${FORM}?duzen=${markup}` : FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  return page.locator('[name=adres]');
}

const value = (field, expected) => until(`"${expected}"`, async () => await field.inputValue() === expected);

/** Returns the events of a type that the page's own listeners received. */
const receivedEvents = (type) => page.evaluate((name) => globalThis.pageEvents.filter((event) => event.type === name), type);

/** Returns the range of the field's text under a mark, by the browser's own hit testing. */
async function textUnder(markIndex) {
  const { left, right, middle } = await overlay.box('mark', markIndex);
  const at = (x, y) => page.evaluate(([px, py]) => document.caretPositionFromPoint(px, py).offset, [x, y]);
  return [await at(left + 1, middle), await at(right - 1, middle)];
}

async function liesUnderItsWords(field, words) {
  const text = await field.inputValue();
  for (const [index, word] of words.entries()) {
    const start = text.indexOf(word);
    assert.deepEqual(await textUnder(index), [start, start + word.length], word);
  }
}

describe('in every markup', () => {
  for (const markup of MARKUPS) {
    test(`${markup || 'label for'}: underlines abbreviations, fixes them one by one and all at once`, async () => {
      const field = await open(markup);
      await field.pressSequentially(TYPED);
      await overlay.waitForCount(3, 'mark');
      assert.deepEqual(await overlay.textsOf('mark'), ['Mah.', 'Sok.', 'No']);
      await liesUnderItsWords(field, ['Mah.', 'Sok.', 'No']);

      await overlay.press('Sok. → Sokak');
      await value(field, TYPED.replace('Sok.', 'Sokak'));
      await overlay.waitForCount(2, 'finding'); // the card is about the new text
      await overlay.press('Tümünü düzelt');
      await value(field, WRITTEN_OUT);
      await overlay.waitForCount(0, 'mark');
    });
  }
});

test('a fix sends a trusted input event, and change on blur', async () => {
  const field = await open();
  await field.pressSequentially('Gül Cad.');
  await overlay.press('Cad. → Caddesi');
  await value(field, 'Gül Caddesi');
  const input = (await receivedEvents('input')).at(-1);
  assert.deepEqual([input.field, input.value, input.trusted], ['adres', 'Gül Caddesi', true]);
  assert.deepEqual(await receivedEvents('change'), []);
  await page.getByLabel('İlçe').focus();
  assert.deepEqual((await receivedEvents('change')).map((event) => event.value), ['Gül Caddesi']);
});

test('Ctrl+Z undoes a fix, then the typing before it', async () => {
  const field = await open();
  await field.pressSequentially('Gül Mah. Lale Sok.');
  await overlay.press('Tümünü düzelt');
  await value(field, 'Gül Mahallesi Lale Sokak');
  for (const _ of ['Mah.', 'Sok.']) await page.keyboard.press('Control+Z');
  await value(field, 'Gül Mah. Lale Sok.');
  await overlay.waitForCount(2, 'mark');
});

test('an alternative expansion can be chosen', async () => {
  const field = await open();
  await field.pressSequentially('Lale Sok.');
  await until('both choices', async () => (await overlay.buttons()).includes('Sokağı'));
  await overlay.press('Sokağı');
  await value(field, 'Lale Sokağı');
});

test('the caret keeps its position', async () => {
  const field = await open();
  await field.pressSequentially('Gül Cad. 5');
  await page.keyboard.press('ArrowLeft');
  await overlay.press('Cad. → Caddesi');
  await value(field, 'Gül Caddesi 5');
  await page.keyboard.type('2');
  await value(field, 'Gül Caddesi 25');
});

test('underlines follow scrolling, zooming and resizing', async () => {
  const field = await open();
  const long = `${'Uzun bir adres satırı '.repeat(14)}Gül Cad. yanı`;
  await field.fill(long);
  await overlay.waitForCount(1, 'mark');
  const moves = [
    () => field.evaluate((element) => { element.scrollTop = element.scrollHeight; }),
    () => page.evaluate(() => { document.body.style.height = '3000px'; scrollTo(0, 120); }),
    () => page.evaluate(() => { document.body.style.zoom = '1.5'; }),
    () => field.evaluate((element) => { element.style.width = '500px'; element.style.fontSize = '18px'; }),
  ];
  for (const move of moves) {
    await move();
    await field.evaluate((element) => { element.scrollTop = element.scrollHeight; });
    await until('the underline under its word', async () => {
      const start = long.indexOf('Cad.');
      return JSON.stringify(await textUnder(0).catch(() => [])) === JSON.stringify([start, start + 4]);
    });
  }
});

test('a read-only field gets no fix buttons', async () => {
  const field = await open();
  await field.fill('Gül Cad. 5');
  await overlay.waitForCount(1, 'mark');
  await field.evaluate((element) => { element.readOnly = true; });
  await until('no fix', async () => !(await overlay.buttons()).some((text) => text.includes('→')));
  assert.equal(await field.inputValue(), 'Gül Cad. 5');
});

test('a fix that exceeds maxlength is offered for copying, never truncated', async () => {
  const field = await open();
  await field.evaluate((element) => { element.maxLength = 10; });
  await field.pressSequentially('Gül Cad. 5');
  await until('the copy button', async () => (await overlay.buttons()).includes('Kopyala'));
  assert.ok(!(await overlay.buttons()).includes('Cad. → Caddesi'));
  assert.equal(await field.inputValue(), 'Gül Cad. 5');
});

test('typing during a check is kept, and the underlines match the last text', async () => {
  const field = await open();
  await field.pressSequentially('Gül Cad. Lale Sok. Menekşe Mah. köşesi', { delay: 3 });
  await overlay.waitForCount(3, 'mark');
  await field.fill('Gül Caddesi');
  await overlay.waitForCount(0, 'mark');
  assert.equal(await field.inputValue(), 'Gül Caddesi');
});

// Regression test: the missing answer counted as one without hints until the next key.
test('a check is repeated when the worker stops in the middle of it', async () => {
  const field = await open();
  const script = await contentScriptOf(page);
  // A request whose worker stops may end like this: without an answer and without an error.
  await script(`globalThis.send = chrome.runtime.sendMessage;
    chrome.runtime.sendMessage = async () => { chrome.runtime.sendMessage = send; }; true`);
  await field.fill('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
});

test('other fields of the form are not checked as addresses', async () => {
  await open();
  await page.getByLabel('Ad Soyad').pressSequentially('Deneme Mah. Sok.');
  const field = page.locator('[name=adres]');
  await field.pressSequentially('Gül Cad.');
  await overlay.waitForCount(1, 'mark');
});

test('markup and direction marks are shown as plain text', async () => {
  const field = await open();
  await field.fill('<b onclick="alert(1)">Gül</b> \u202eMah. \u2066Sok.');
  await overlay.waitForCount(2, 'mark');
  assert.ok((await overlay.nodes()).every((node) => node.nodeName !== 'B'));
  const shown = (await overlay.buttons()).join('');
  assert.doesNotMatch(shown, /[\u202a-\u202e\u2066-\u2069]/);
});

test('a finding explains itself, and dismissed advice stays dismissed while other text changes', async () => {
  const field = await open();
  await field.fill('Gül Sok. No:5'); // in one step: a hint on part of the number would be dismissed for that part only
  await overlay.waitForText('Bu formda kısaltma yazılmaz.');
  await overlay.press('Olduğu gibi bırak');
  await until('one mark', async () => (await overlay.textsOf('mark')).join() === 'Sok.');
  await field.press('Home');
  await field.pressSequentially('Lale ');
  await until('the text as typed', async () => await field.inputValue() === 'Lale Gül Sok. No:5');
  assert.deepEqual(await overlay.textsOf('mark'), ['Sok.']);
  await field.press('End');
  await field.pressSequentially(' Kat 2 No:7');
  await until('the other “No”', async () => (await overlay.textsOf('mark')).join() === 'Sok.,No');
});

test('advises the right name of a quarter, and shows the address in the official order', async () => {
  const field = await open();
  await page.getByLabel('İl', { exact: true }).fill('Mersin');
  await page.getByLabel('İlçe').fill('Yenişehir');
  await field.pressSequentially('Bahçelievlar Mah. No:5 Lale Sok.');
  await overlay.waitForText('Yenişehir ilçesinde “Bahçelievlar” diye bir mahalle bilinmiyor; “Bahçelievler” mi demek istediniz?');
  await overlay.waitForText('Bahçelievlar Mahallesi Lale Sokak Numara:5 Yenişehir/Mersin');
  assert.equal(await field.inputValue(), 'Bahçelievlar Mah. No:5 Lale Sok.');
});

test('a misspelled province and a district of another province are found at their fields', async () => {
  await open();
  await page.getByLabel('İl', { exact: true }).pressSequentially('Mersn');
  await overlay.press('Mersn → Mersin');
  await until('the province', async () => await page.getByLabel('İl', { exact: true }).inputValue() === 'Mersin');
  await page.getByLabel('İlçe').pressSequentially('Çankaya');
  await overlay.waitForText('şu ilin ilçesi olarak biliniyor: Ankara.');
  await page.getByLabel('İlçe').fill('Yenişehir');
  await until('no finding', async () => !(await overlay.text()).includes('Ankara'));
});

test('a missing door number is found', async () => {
  const field = await open();
  await field.pressSequentially('Gül Mahallesi Lale Sokak');
  await overlay.waitForText('kapı numarası görünmüyor');
  await field.pressSequentially(' 5');
  await until('no finding', async () => !(await overlay.text()).includes('kapı numarası'));
});

describe('a page that interferes while a fix is applied', () => {
  /** Types an address, installs the page's interference, and presses a fix while another field has the focus. */
  async function pressWhile(onFocus) {
    const field = await open();
    await field.pressSequentially('Atatürk Mah. Lale Sok. 5');
    await overlay.waitForCount(2, 'finding');
    await overlay.waitForCount(0, 'badge');
    const name = page.getByLabel('Ad Soyad');
    await name.fill('Ayşe');
    await page.evaluate(onFocus);
    await overlay.pressBadge();
    await overlay.press('Mah. → Mahallesi');
    return { field, name };
  }

  /** Waits until the overlay shows the next answer: by then the press has had its effect. */
  const waitForNextAnswer = () => until('the next answer', async () => (
    (await overlay.textsOf('badge')).includes('2') || (await overlay.text()).includes('Bu formda kısaltma yazılmaz.')
  ));

  test('moves the focus: no other field is written to', async () => {
    const { field, name } = await pressWhile(() => {
      document.querySelector('[name=adres]').addEventListener('focusin', () => document.querySelector('[name=adSoyad]').focus());
    });
    await waitForNextAnswer();
    assert.equal(await name.inputValue(), 'Ayşe');
    assert.equal(await field.inputValue(), 'Atatürk Mah. Lale Sok. 5');
  });

  test('replaces the field: nothing is written to either', async () => {
    const { name } = await pressWhile(() => {
      document.querySelector('[name=adSoyad]').addEventListener('focusout', () => {
        const old = document.querySelector('[name=adres]');
        const fresh = old.cloneNode();
        fresh.value = old.value;
        old.replaceWith(fresh);
      });
    });
    await waitForNextAnswer();
    assert.equal(await name.inputValue(), 'Ayşe');
    assert.equal(await page.locator('[name=adres]').inputValue(), 'Atatürk Mah. Lale Sok. 5');
  });

  test('changes the text on focus: the text stays intact', async () => {
    const { field } = await pressWhile(() => {
      const address = document.querySelector('[name=adres]');
      address.addEventListener('focusin', () => { address.value = address.value.replace('Atatürk ', ''); });
    });
    await waitForNextAnswer();
    assert.equal(await field.inputValue(), 'Mah. Lale Sok. 5');
  });
});

test('underlines are aligned on a zoomed page', async () => {
  const field = await open();
  await field.fill('Gül Cad. yanı');
  await overlay.waitForCount(1, 'mark');
  for (const style of ['zoom: 1.5', 'transform: scale(0.8); transform-origin: 0 0']) {
    await page.evaluate((css) => { document.documentElement.style = css; }, style);
    await until(style, async () => JSON.stringify(await textUnder(0).catch(() => [])) === '[4,8]');
  }
});

test('underlines follow a field that moves without an event', async () => {
  const field = await open();
  await field.fill('Gül Cad. yanı');
  await overlay.waitForCount(1, 'mark');
  await page.evaluate(() => {
    const rules = document.createElement('style');
    rules.textContent = 'main { height: 400px; overflow: auto } [data-note] { padding-top: 40px }';
    document.head.append(rules);
  });
  await overlay.waitForCount(1, 'mark');
  await page.evaluate(() => { document.querySelector('h1').dataset.note = ''; });
  await until('the underline under its word', async () => JSON.stringify(await textUnder(0).catch(() => [])) === '[4,8]');
});

test('nothing is drawn over a loading screen, over a dialog or in print', async () => {
  const field = await open();
  await field.fill('Gül Cad. yanı');
  const shown = (text) => async () => await overlay.positionOf('BUTTON', text) !== null;
  const hidden = (text) => async () => await overlay.positionOf('BUTTON', text) === null;
  const fix = 'Cad. → Caddesi';
  await until('the fix', shown(fix));
  await page.evaluate(() => {
    const screen = document.createElement('div');
    screen.id = 'bekle';
    screen.style = 'position: fixed; inset: 0; background: #fffc';
    document.body.append(screen);
  });
  await until('no fix over the loading screen', hidden(fix));
  await page.evaluate(() => document.getElementById('bekle').remove());
  await until('the fix', shown(fix));
  await page.evaluate(() => document.body.appendChild(document.createElement('dialog')).showModal());
  await until('the hidden overlay', hidden('Küçült'));
  await page.evaluate(() => document.querySelector('dialog').remove());
  await field.focus();
  await until('the fix', shown(fix));
  await page.emulateMedia({ media: 'print' });
  await until('the hidden overlay in print', hidden('Küçült'));
  await page.emulateMedia({ media: null });
});

test('a value set by a script is checked', async () => {
  const field = await open();
  await field.evaluate((element) => { element.value = 'Gül Cad.'; });
  await overlay.waitForCount(1, 'mark');
});

test('a pasted megabyte blocks nothing, and later typing is checked', async () => {
  const field = await open();
  await field.fill('Gül Cad. '.repeat(110_000));
  await overlay.waitForText('Adreste hiçbir kısaltma kullanılmaz');
  assert.deepEqual(await overlay.textsOf('mark'), [], 'a text of that length is no address');
  await field.fill('Gül Cad. 5');
  await overlay.waitForCount(1, 'mark');
});
