// Pages that make a reading long. The clock is the test's: it advances at each look, so that the same page is always read
// to the same place, and what a reading does after its time is counted in looks and not in seconds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { contentScriptOf } from './content-script.mjs';
import { formPage, openHtml } from './page-fixture.mjs';

const ADDRESS = '<label>Adres <textarea name="adres">Gül Cad. 5</textarea></label>';
const times = (count, html) => Array.from({ length: count }, (_, index) => html.replaceAll('#', index)).join('');
const nested = (depth, html) => `${'<div>'.repeat(depth)}${html}${'</div>'.repeat(depth)}`;

/** Bodies by their size, each a way to make a reading long. */
const HOSTILE = {
  'lists on a page about codes': (size) => `<p>PIN</p>${times(5 * size, `<label>Liste # <select>${times(4 * size, '<option>Seçenek#'.padEnd(60, 'a'))}</select></label>`)}`,
  'drawn lists without end': (size) => times(size, `<div role="listbox" tabindex="0" aria-label="Liste #">${times(10 * size, '<div role="option">a#</div>')}</div>`),
  'choices deep inside': (size) => nested(3 * size, times(3 * size, '<div role="combobox" tabindex="0" aria-label="Alan #">a</div>')),
  'boxes that take the focus': (size) => times(5 * size, '<div><span>Alan #</span><div tabindex="0" style="width:90px">a</div></div>'),
  'fields in one row without labels': (size) => `<div>${times(5 * size, '<input name="a#"> ')}</div>`,
  'free labels around each field': (size) => `<div>${times(3 * size, `<div><label></label>${times(size, '<label>.</label>')}<input name="a#"></div>`)}</div>`,
  'descriptions of everything': (size) => `<div id="d">${times(20 * size, '<i>a</i>')}</div>${times(5 * size, '<input aria-label="Alan" aria-describedby="d d d d d d">')}`,
  'hidden lists in one box': (size) => `<div>${times(3 * size, '<div><select style="display:none"><option>a</select><div tabindex="0" style="width:90px">a</div></div>')}</div>`,
  'radio buttons without a name': (size) => times(4 * size, '<label><input type="radio"> a#</label>'),
  'pressable boxes': (size) => times(5 * size, '<div style="cursor:pointer"><div style="cursor:pointer">a#</div></div>'),
  'texts without end': (size) => times(40 * size, '<p>satır #</p>'),
  'wide tables': (size) => `<table>${times(size, `<tr>${times(size, '<td>a <input></td>')}</tr>`)}</table>`,
  'dialogs over parts out of use': (size) => times(size, `<div inert><b>a</b></div>${'<div role="dialog" hidden>a</div>'.repeat(10)}`),
};

let browser;
let page;
let run;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
});
after(() => browser?.close());

/** Opens a body, and reads it with a clock that advances by one millisecond at each look. */
async function readWithin(body, time) {
  await openHtml(page, formPage(body));
  run = await contentScriptOf(page);
  return run(`(() => {
    let looks = 0;
    const before = { ...readingLimits };
    Object.assign(readingLimits, { now: () => { looks += 1; return looks; }, time: ${time} });
    try {
      const snapshot = takeSnapshot();
      return { looks, snapshot, length: JSON.stringify(snapshot).length };
    } finally {
      Object.assign(readingLimits, before);
    }
  })()`);
}

for (const [name, bodyOf] of Object.entries(HOSTILE)) {
  test(`${name}: a reading ends with its time, however large the page is`, async () => {
    const limit = 60;
    for (const size of [20, 100]) {
      const { looks, snapshot, length } = await readWithin(bodyOf(size), limit);
      // Three phases, each with a look at its start and one that finds the time spent.
      assert.ok(looks <= 3 * (limit + 2), `${size}: ${looks} looks`);
      assert.ok(length < 1_000_000, `${size}: ${length} characters`);
      if (size === 100) assert.equal(snapshot.partial, true, 'it says that something is missing');
    }
  });
}

test('of a long text only the start is folded, and of many references few are followed', async () => {
  const ids = times(300, 'd# d# ');
  await openHtml(page, formPage(`${ADDRESS}<div contenteditable role="textbox" aria-label="Adres"></div>
    ${times(300, '<i id="d#">a</i>')}<input aria-label="Alan" aria-describedby="${ids}">`));
  await page.evaluate(() => { document.querySelector('[contenteditable]').textContent = 'a '.repeat(10_000_000); });
  run = await contentScriptOf(page);
  const { longest, most } = await run(`(() => {
    const { replace } = String.prototype;
    const { getElementById } = Document.prototype;
    let longest = 0;
    const asked = new Map();
    String.prototype.replace = function (...rest) {
      longest = Math.max(longest, this.length);
      return replace.apply(this, rest);
    };
    Document.prototype.getElementById = function (id) {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return getElementById.call(this, id);
    };
    try {
      takeSnapshot();
      return { longest, most: [asked.size, Math.max(0, ...asked.values())] };
    } finally {
      String.prototype.replace = replace;
      Document.prototype.getElementById = getElementById;
    }
  })()`);
  assert.ok(longest <= 20_001, `${longest} characters`);
  assert.ok(most[0] <= 40 && most[1] <= 4, String(most));
});

test('the number of nodes is bounded too, with a clock that stands still', async () => {
  for (const [name, bodyOf] of Object.entries(HOSTILE)) {
    const options = await readWithin(bodyOf(100), Infinity);
    assert.ok(options.length < 4_000_000, `${name}: ${options.length} characters`);
    assert.ok(options.looks < 2_000_000, `${name}: ${options.looks} looks`);
  }
});

test('after its time a reading has read no value, and says so', async () => {
  const { snapshot } = await readWithin(ADDRESS, 0);
  assert.equal(snapshot.partial, true);
  assert.doesNotMatch(JSON.stringify(snapshot), /Cad/);
});

test('a page of usual size is read as a whole', async () => {
  const { snapshot } = await readWithin(`${ADDRESS}${times(30, '<label>Alan # <input name="a#" value="değer"></label>')}`, 2000);
  assert.equal(snapshot.partial, undefined);
  assert.equal(snapshot.fields.length, 31);
  assert.equal(snapshot.fields[0].value, 'Gül Cad. 5');
});

test('events that a page causes by script do not count as the user’s', async () => {
  await openHtml(page, formPage(`${ADDRESS}<input id="a"><input id="b"><script>
    document.addEventListener('oyna', () => {
      document.getElementById('a').focus();
      document.execCommand('insertText', false, 'x');
      document.getElementById('b').focus();
    });
  </script>`));
  run = await contentScriptOf(page);
  await run(`(() => {
    globalThis.seen = [];
    for (const type of ['focusin', 'focusout', 'input', 'animationend']) {
      window.addEventListener(type, (event) => seen.push([type, event.isTrusted, isByUser(event)]), true);
    }
  })()`);
  await run("document.dispatchEvent(new Event('oyna'))"); // the debugger would count as the user if it evaluated this
  const seen = await run('seen');
  assert.ok(seen.some(([type, trusted]) => type === 'input' && trusted), 'the page can cause trusted events');
  assert.deepEqual(seen.filter(([, , byUser]) => byUser), []);
  await page.locator('#b').press('k');
  assert.ok((await run('seen')).some(([type, , byUser]) => type === 'input' && byUser), 'a key press counts');
});
