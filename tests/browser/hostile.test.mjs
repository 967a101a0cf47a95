// Pages that attack the overlay: by size, by vanishing nodes, by covering and removing, by synthetic clicks, by constant
// change. The extension still answers, stays within its bounds and writes nothing without the user.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { assertCoversNothing } from './covers-nothing.mjs';
import { recordUncaughtErrors } from './uncaught-errors.mjs';
import { Overlay } from './overlay-reader.mjs';
import { recordWorkerMessages } from './worker-messages.mjs';
import { contentScriptOf } from './content-script.mjs';
import { until } from './until.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const ADDRESS = 'Gül Cad. 5';
const FIX = 'Cad. → Caddesi';

let browser;
let page;
let overlay;
let errors;
let workerMessages;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  await page.goto(FORM);
  overlay = await Overlay.on(page);
  errors = await recordUncaughtErrors(browser, page);
});
after(() => browser?.close());
beforeEach(async () => {
  await page.goto(FORM);
  await overlay.waitForText('Kart Okuyucu Müşteri Başvurusu');
  workerMessages = await recordWorkerMessages(browser);
});
afterEach(async () => assert.deepEqual(await errors(), []));

const address = () => page.locator('[name=adres]');
const written = () => address().inputValue();

/** Types an address with an abbreviation, and waits for its underline. */
async function typeAddress() {
  await address().fill(ADDRESS);
  await overlay.waitForCount(1, 'mark');
}

/** Returns the last snapshot that was sent, after checking that it is within every bound. */
async function lastSnapshot() {
  const { snapshot } = (await workerMessages()).filter((message) => message.snapshot).at(-1);
  const { title = '', headings = [], texts = [], fields = [], buttons = [] } = snapshot;
  assert.ok(headings.length <= 400 && texts.length <= 400 && fields.length <= 500 && buttons.length <= 500);
  const allTexts = [title, ...headings, ...texts, ...buttons.map(({ text }) => text), ...fields.flatMap(({ options = [] }) => options)];
  assert.ok(allTexts.every((text) => text.length <= 300));
  assert.ok(fields.every((field) => Object.values(field).every((value) => String(value).length <= 2000 || Array.isArray(value))));
  return snapshot;
}

describe('by size', () => {
  test('a hundred thousand nodes', async () => {
    await page.evaluate(() => {
      const crowd = document.createElement('div');
      for (let count = 0; count < 50_000; count += 1) crowd.appendChild(document.createElement('p')).append(`Satır ${count}`);
      document.querySelector('main').append(crowd);
    });
    await typeAddress();
    assert.equal((await lastSnapshot()).texts.length, 400);
  });

  test('more lines than the limit: later fields and headings are read, except for hidden ones', async () => {
    await page.evaluate(() => {
      const more = (name) => `<h2>${name}</h2><div><label>${name} <input name="${name}"></label> <button>${name}</button></div>`;
      document.querySelector('main').insertAdjacentHTML('beforeend', `${'<p>Satır</p>'.repeat(500)}${more('Arka')}
        <div hidden>${more('Saklı')}</div><div contenteditable>${more('Yazı')}</div><section>${more('Son')}</section>`);
    });
    await typeAddress();
    const { headings, fields, buttons, texts } = await lastSnapshot();
    assert.equal(texts.length, 400);
    assert.deepEqual(headings.slice(-2), ['Arka', 'Son']);
    assert.deepEqual(fields.slice(-2).map(({ name }) => name), ['Arka', 'Son']);
    assert.deepEqual(buttons.slice(-2).map(({ text }) => text), ['Arka', 'Son']);
  });

  // Regression test: one such text made the whole page unreadable.
  test('surrogate pairs split by the page and by the limits', async () => {
    await page.evaluate(() => {
      const line = document.createElement('p');
      line.append(`${'a'.repeat(299)}😀`);
      const title = document.createElement('h2');
      title.append('\ud83d');
      document.body.append(line, title);
    });
    await address().fill(`\udc00 ${ADDRESS}`);
    await overlay.waitForCount(1, 'mark');
    const { texts } = await lastSnapshot();
    assert.ok(texts.some((text) => text.endsWith('a\ud83d')));
  });

  test('nested labels', async () => {
    await page.evaluate(() => {
      let at = document.createElement('div');
      document.body.append(at);
      for (let depth = 0; depth < 60; depth += 1) at = at.appendChild(document.createElement('label'));
      for (let count = 0; count < 15_000; count += 1) at.append(document.createElement('b'));
    });
    await typeAddress();
  });

  test('ten thousand fields', async () => {
    await page.evaluate(() => {
      const fields = Array.from({ length: 10_000 }, (_, count) => `<label>Alan ${count} <input name="alan${count}" value="değer"></label>`);
      document.querySelector('form').insertAdjacentHTML('beforeend', fields.join(''));
    });
    await typeAddress();
    assert.equal((await lastSnapshot()).fields.length, 500);
  });

  test('too many fields before the checked one: it is not found, and others get no hints', async () => {
    await page.evaluate(() => {
      document.querySelector('form').insertAdjacentHTML('afterbegin', '<label>Alan <input value="Cad."></label>'.repeat(10_000));
    });
    await address().fill(ADDRESS);
    await until('a request with the maximum of fields', async () => (await lastSnapshot()).fields?.length === 500);
    assert.deepEqual(await overlay.textsOf('mark'), []);
  });

  test('a megabyte in every text and attribute', async () => {
    await page.evaluate(() => {
      const long = 'Çok uzun  <b>ad</b> '.repeat(50_000);
      document.querySelector('main').appendChild(document.createElement('h2')).append(long);
      document.querySelector('label:not([for=adres])').append(long);
      document.querySelector('button').append(long);
      const form = document.querySelector('form');
      for (const name of ['name', 'id', 'title', 'placeholder', 'aria-label', 'aria-labelledby', 'value']) {
        form.appendChild(document.createElement('input')).setAttribute(name, long);
      }
      form.appendChild(document.createElement('select')).append(new Option(long));
    });
    await address().fill(ADDRESS);
    const run = await contentScriptOf(page); // the debugger would send every megabyte
    await until('the mark', () => run("overlayRoot.querySelector('.mark')?.textContent === 'Cad.'"));
    assert.ok(JSON.stringify(await lastSnapshot()).length < 100_000);
  });

  test('very long names do not slow reading down', async () => {
    const run = await contentScriptOf(page);
    const quickest = async (length) => {
      await page.evaluate((times) => {
        document.getElementById('uzun')?.remove();
        const group = document.querySelector('form').appendChild(document.createElement('div'));
        group.id = 'uzun';
        for (let count = 0; count < 20; count += 1) {
          const field = group.appendChild(document.createElement('input'));
          for (const name of ['name', 'id', 'title', 'autocomplete', 'aria-label', 'aria-labelledby']) {
            field.setAttribute(name, `alan ${count} `.repeat(times / 8));
          }
        }
      }, length);
      return run(`Math.min(...Array.from({ length: 5 }, () => {
        const began = performance.now();
        takeSnapshot();
        return performance.now() - began;
      }))`);
    };
    const [usual, long] = [await quickest(4000), await quickest(1_000_000)];
    assert.ok(long < 10 * usual, `${usual} ms, ${long} ms`);
  });
});

describe('by vanishing nodes', () => {
  test('a field that is removed and added in every frame', async () => {
    await typeAddress();
    await page.evaluate(() => {
      const field = document.querySelector('[name=adres]');
      const parent = field.parentElement;
      let frames = 0;
      const turn = () => {
        frames += 1;
        if (field.isConnected) field.remove();
        else parent.append(field);
        globalThis.calm = frames > 120 && field.isConnected;
        if (!globalThis.calm) requestAnimationFrame(turn);
      };
      turn();
    });
    await page.waitForFunction(() => globalThis.calm);
    await overlay.waitForCount(1, 'mark');
    assert.equal(await written(), ADDRESS);
  });

  test('a form that is replaced at every request', async () => {
    await page.evaluate(() => {
      const form = document.querySelector('form');
      let left = 30;
      globalThis.replacing = setInterval(() => {
        const old = document.querySelector('form');
        const fresh = form.cloneNode(true);
        old.replaceWith(fresh);
        left -= 1;
        if (left === 0) clearInterval(globalThis.replacing);
        globalThis.calm = left === 0;
      }, 20);
    });
    await page.waitForFunction(() => globalThis.calm);
    await typeAddress();
  });

  test('a body that is removed and restored', async () => {
    await page.evaluate(() => {
      globalThis.body = document.body;
      document.body.remove();
      document.title = '';
    });
    await until('the empty overlay', async () => (await overlay.nodes()).length === 0);
    await page.evaluate(() => document.documentElement.append(globalThis.body));
    await typeAddress();
  });
});

describe('by shadowed properties and frames', () => {
  test('fields whose names shadow the document’s own properties', async () => {
    await page.evaluate(() => {
      const names = [
        'activeElement', 'body', 'createElement', 'createTreeWalker', 'documentElement', 'elementsFromPoint', 'execCommand',
        'fonts', 'getElementById', 'hidden', 'querySelector', 'querySelectorAll', 'title',
      ];
      document.body.insertAdjacentHTML('beforeend', names.map((name) => `<form name="${name}"></form><img name="${name}" alt="">`).join(''));
    });
    await typeAddress();
    await overlay.press(FIX);
    await until('the fix', async () => await written() === 'Gül Caddesi 5');
  });

  test('frames of other sites are neither read nor drawn over', async () => {
    await addFrame('https://example.org/kartokuyucu');
    await page.frames()[1].locator('[name=adres]').fill('Çerçevedeki Cad.');
    await typeAddress();
    assert.doesNotMatch(JSON.stringify(await workerMessages()), /Çerçevedeki/);
    assert.equal(await page.frames()[1].locator('[data-eimza-yardimcisi]').count(), 0);
    await assertCoversNothing(await contentScriptOf(page), 'with a frame of another site');
  });

  test('a frame of the same site is read on its own, and not drawn over', async () => {
    await addFrame(FORM);
    await page.frames()[1].locator('[name=adres]').fill('Çerçevedeki Cad.');
    await typeAddress();
    await until('the request of the frame', async () => JSON.stringify(await workerMessages()).includes('Çerçevedeki'));
    const snapshots = (await workerMessages()).map(({ snapshot }) => JSON.stringify(snapshot ?? {}));
    assert.ok(!snapshots.some((snapshot) => snapshot.includes('Çerçevedeki') && snapshot.includes(ADDRESS)));
    await assertCoversNothing(await contentScriptOf(page), 'with a frame of the same site');
  });

  /** Adds a frame to the page, and waits until it has loaded. */
  function addFrame(url) {
    return page.evaluate((address) => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.onload = resolve;
      frame.src = address;
    }), url);
  }
});

describe('by covering and removing', () => {
  test('a covered overlay receives no clicks, and reappears', async () => {
    await typeAddress();
    const position = await until('the fix', () => overlay.positionOf('BUTTON', FIX));
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.id = 'ortu';
      cover.style = 'position: fixed; inset: 0; z-index: 2147483647; background: white';
      cover.onclick = () => { cover.dataset.pressed = ''; };
      document.documentElement.append(cover);
    });
    await until('the hidden card', async () => await overlay.positionOf('BUTTON', FIX) === null);
    await page.mouse.click(position.x, position.y);
    await page.locator('#ortu[data-pressed]').waitFor();
    assert.equal(await written(), ADDRESS);
    await page.evaluate(() => document.getElementById('ortu').remove());
    await overlay.pressBadge(); // the press on the cover took the focus
    await overlay.press(FIX);
    await until('the fix', async () => await written() === 'Gül Caddesi 5');
  });

  test('a moved or adopted overlay is restored; a hidden one stays hidden, and nothing is written', async () => {
    await typeAddress();
    await page.evaluate(() => {
      const host = () => document.querySelector('[data-eimza-yardimcisi]');
      document.body.append(host());
      document.body.lastChild.remove();
    });
    await overlay.waitForCount(1, 'mark');
    await page.evaluate(() => {
      document.implementation.createHTMLDocument().body.append(document.querySelector('[data-eimza-yardimcisi]'));
    });
    await overlay.press(FIX);
    await until('the fix', async () => await written() === 'Gül Caddesi 5');
    await page.evaluate(() => {
      const rules = document.createElement('style');
      rules.textContent = '[data-eimza-yardimcisi] { display: none !important }';
      document.head.append(rules);
    });
    await until('the hidden fix button', async () => await overlay.positionOf('BUTTON', FIX) === null);
    await address().fill(ADDRESS);
    await until('the request', async () => (await lastSnapshot()).fields.some(({ value }) => value === ADDRESS));
    assert.equal(await written(), ADDRESS);
  });

  test('the page cannot observe what is drawn', async () => {
    await typeAddress();
    const seen = await page.evaluate(() => {
      const host = document.querySelector('[data-eimza-yardimcisi]');
      const again = (() => {
        try {
          return String(host.attachShadow({ mode: 'open' }));
        } catch (error) {
          return error.name;
        }
      })();
      return { root: host.shadowRoot, text: host.textContent, again, copy: host.cloneNode(true).shadowRoot };
    });
    assert.deepEqual(seen, { root: null, text: '', again: 'NotSupportedError', copy: null });
  });
});

describe('by synthetic clicks', () => {
  test('a page that clicks wherever something is drawn', async () => {
    await typeAddress();
    const position = await until('the fix', () => overlay.positionOf('BUTTON', FIX));
    await page.evaluate(({ x, y }) => {
      const host = document.elementFromPoint(x, y);
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
        const event = new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, view: window });
        host.dispatchEvent(event);
      }
      host.click();
      host.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    }, position);
    await address().pressSequentially(' ');
    await until('the next request', async () => (await lastSnapshot()).fields.some(({ value }) => value === `${ADDRESS} `));
    assert.equal(await written(), `${ADDRESS} `);
  });

  test('untrusted clicks inside the shadow root are ignored too', async () => {
    await typeAddress();
    const run = await contentScriptOf(page);
    const folded = () => run('chrome.runtime.sendMessage({ type: "getFolded" })');
    const before = await folded();
    const buttons = await run(`(() => {
      const buttons = [...overlayRoot.querySelectorAll('button')];
      for (const button of buttons) {
        button.click();
        button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      }
      return buttons.map((button) => button.textContent);
    })()`);
    assert.ok(buttons.includes(FIX));
    assert.equal(await written(), ADDRESS);
    assert.equal((await overlay.textsOf('card')).length, 1, 'the card is not folded');
    assert.equal(await folded(), before, 'nor is the panel');
    await overlay.press(FIX);
    await until('the fix', async () => await written() === 'Gül Caddesi 5');
  });
});

describe('by constant change', () => {
  /** Makes the page change its text as often as it can. */
  const flood = () => page.evaluate(() => {
    const crowd = document.querySelector('main').appendChild(document.createElement('div'));
    crowd.innerHTML = '<p></p>'.repeat(20);
    globalThis.turns = 0;
    const turn = () => {
      globalThis.turns += 1;
      crowd.childNodes.forEach((line, number) => { line.textContent = `${globalThis.turns}. ${number}`; });
      if (!globalThis.calm) setTimeout(turn);
    };
    turn();
  });
  afterEach(() => page.evaluate(() => { globalThis.calm = true; }));

  test('typing is answered, clicks work, and a fix is applied', async () => {
    await flood();
    await typeAddress();
    await overlay.press(FIX);
    await until('the fix', async () => await written() === 'Gül Caddesi 5');
    await page.evaluate(() => document.querySelector('h1').addEventListener('click', () => { globalThis.pressed = globalThis.turns; }));
    await page.locator('h1').click();
    await page.waitForFunction(() => globalThis.turns > globalThis.pressed);
  });

  test('most of the time is left to the page, and there are fewer readings than changes', async () => {
    const run = await contentScriptOf(page);
    // The content script reads the clock directly before it reads the page, and not again until the snapshot is
    // serialized.
    await run(`globalThis.now = performance.now.bind(performance);
      globalThis.reading = { times: 0, took: 0, since: now() };
      performance.now = () => (reading.start = now());
      globalThis.stringify = JSON.stringify;
      JSON.stringify = (value) => {
        const json = stringify(value);
        if (value?.url !== undefined) {
          reading.times += 1;
          reading.took += now() - reading.start;
        }
        return json;
      }; true`);
    await flood();
    await until('twelve readings', async () => await run('reading.times') >= 12);
    const share = await run('reading.took / (now() - reading.since)');
    assert.ok(share < 0.2, String(share));
    const turns = await page.evaluate(() => globalThis.turns);
    const times = await run('reading.times');
    assert.ok(turns > times, `${turns} changes, ${times} readings`);
  });

  test('the worker still answers another page', async () => {
    await flood();
    const other = await browser.context.newPage();
    try {
      await other.goto('https://sanalpos.kamusm.gov.tr/index.jsf');
      await (await Overlay.on(other)).waitForText('Kamu SM’ye borcunuzu görür');
    } finally {
      await other.close();
    }
  });
});
