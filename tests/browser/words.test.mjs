// In no state of the panel is a word broken in the middle, or Kamu SM's number across lines: 320 px wide, and 360 px at
// 200 % zoom. The states are those of looks/.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { open, readStates } from './looks/states.mjs';
import { ScriptedHost } from './scripted-host.mjs';

const WIDTHS = { 'at 320 px': 320, 'at 360 px and 200 %': 180 };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-words-'));
const host = new ScriptedHost(folder, { readers: [] });
after(() => fs.rmSync(folder, { recursive: true }));

/** Returns the words of a page that are broken in the middle. Runs in the page. */
function brokenWords() {
  // Addresses, paths, long numbers and names of settings have no place to break at. Between the parts of “A/B” and “A-B” there is one.
  const WORD = /444\u00a05\u00a0576|[\p{L}’]+/gu;
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement.closest('.hidden, option, textarea')) continue;
    for (const { 0: word, index } of node.data.matchAll(WORD)) {
      const run = node.data.slice(0, index).match(/\S*$/u)[0] + node.data.slice(index).match(/^\S*/u)[0];
      if (/[/\\_]|\p{L}\.\p{L}|\d{6}|\p{Ll}\p{Lu}/u.test(run)) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(word);
    }
  }
  return broken;
}

test('the measurement finds a broken word and number, and no break between words', async () => {
  const browser = await launch({ host: null });
  try {
    const page = await browser.context.newPage();
    const measure = async (width, text) => {
      await page.setContent(`<p style="width:${width}px;overflow-wrap:anywhere;font:16px sans-serif">${text}</p>`);
      return page.evaluate(brokenWords);
    };
    assert.deepEqual(await measure(60, 'kendiliğinden'), ['kendiliğinden']);
    assert.deepEqual(await measure(100, '444\u00a05\u00a0576 444\u00a05\u00a0576'), []);
    assert.deepEqual(await measure(40, 'Ara: 444\u00a05\u00a0576'), ['444\u00a05\u00a0576']);
    assert.deepEqual(await measure(90, 'bu bir kart ve bir okuyucu /usr/share/eimza-yardimcisi/dosya'), []);
  } finally {
    await browser.close();
  }
});

const states = readStates().filter(({ url }) => url === undefined);
for (const [kind, some] of [
  ['without a host', states.filter((state) => state.host === undefined)],
  ['with a host', states.filter((state) => state.host !== undefined)],
]) {
  describe(kind, () => {
    let browser;
    before(async () => { browser = await launch({ host: kind === 'with a host' ? host.manifest : null }); });
    after(() => browser?.close());

    for (const state of some) {
      test(state.name, async () => {
        const page = await open(browser, host, state);
        for (const [name, width] of Object.entries(WIDTHS)) {
          await page.setViewportSize({ width, height: 725 });
          assert.deepEqual(await page.evaluate(brokenWords), [], name);
        }
        await page.close();
      });
    }
  });
}
