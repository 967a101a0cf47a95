// Every screen of every page in every markup. Pages that only resemble one: lookalike-pages.test.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ALL_MARKUPS } from '../portal/page.mjs';
import { PLAIN_HOSTS, SCREENS, addressOf } from '../portal/screens.mjs';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { contentScriptOf } from './content-script.mjs';
import { until } from './until.mjs';

const KNOWN = SCREENS.filter((screen) => screen.place !== null);

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
after(() => browser?.close());

/**
 * Opens a page, waits until it is recognised as the screen, and returns its hints with the names of their anchors.
 * @param {string[]} [expected] the hints to wait for: a page that is drawn late may show its title before its fields
 */
async function hintsOn(address, screenId, expected) {
  await page.goto(address);
  const run = await contentScriptOf(page);
  let hints = [];
  const hasExpectedHints = async () => {
    hints = await run(`chrome.runtime.sendMessage({ type: 'advise', snapshot: takeSnapshot() })
      .then((answer) => answer.screen !== ${JSON.stringify(screenId)} ? [] : answer.hints.map(({ id, anchor }) => {
        const element = anchor && elementByRef(anchor);
        return id + ' at ' + (element ? element.name || element.textContent : 'the page');
      }).sort())`);
    return expected ? JSON.stringify(hints) === JSON.stringify(expected) : hints.length > 0;
  };
  await until(`${screenId} on ${address}`, hasExpectedHints).catch((error) => {
    assert.deepEqual(hints, expected ?? 'some hints', address);
    throw error;
  });
  await until('the drawn hints', async () => (await overlay.nodes()).length > 3);
  return hints;
}

describe('recognised in every markup, with the same hints at the same fields', () => {
  for (const screen of KNOWN) {
    test(screen.id, async () => {
      const [first, ...others] = ALL_MARKUPS;
      const expected = await hintsOn(addressOf(screen, first), screen.place);
      for (const markup of others) {
        await hintsOn(addressOf(screen, markup), screen.place, expected);
      }
    });
  }

  test('hints are anchored to their own fields', async () => {
    const form = SCREENS.find((screen) => screen.id === 'portal.form');
    const hints = await hintsOn(addressOf(form), form.place);
    for (const expected of [
      'portal.form.reason at basvuruNedeni', 'portal.form.reader at kartOkuyucuTipi', 'portal.form.term at sertifikaSuresi',
      'portal.form.phone at gsm', 'portal.form.email at eposta', 'portal.form.word at guvenlikSozcugu',
    ]) {
      assert.ok(hints.includes(expected), expected);
    }
  });

  test('information pages are recognized over plain http too', async () => {
    for (const screen of KNOWN.filter(({ hosts }) => PLAIN_HOSTS.includes(hosts[0]))) {
      for (const host of PLAIN_HOSTS) {
        await hintsOn(addressOf(screen, undefined, host).replace('https:', 'http:'), screen.place);
        assert.match(page.url(), /^http:/);
      }
    }
  });
});

describe('screens that replace each other under one address', () => {
  for (const [first, transitions] of [
    ['nesbireysel.entry', ['Şifreli Giriş', 'nesbireysel.login', 'Giriş', 'nesbireysel.sms', 'Onay', 'nesbireysel.sms-code', 'Gönder', 'nesbireysel.menu', 'Kilit Çözme', 'nesbireysel.unlock', 'Yeni PIN Üret', 'nesbireysel.unlock/done']],
    ['portal.login', ['Giriş', 'portal.form', 'Gönder', 'portal.form/sign']],
    ['onlineislemler.landing', ['Giriş', 'onlineislemler.landing', 'E-devlet ile Giriş', 'onlineislemler.landing', 'E-devlet Kapısına Git', 'onlineislemler.menu', 'Kişi Ödemeli Başvuru', 'onlineislemler.menu/application']],
  ]) {
    test(first, async () => {
      const screen = SCREENS.find((each) => each.id === first);
      await hintsOn(addressOf(screen, 'late'), screen.place);
      const run = await contentScriptOf(page);
      const currentScreen = () => run("chrome.runtime.sendMessage({ type: 'advise', snapshot: takeSnapshot() }).then((answer) => answer.screen)");
      for (let index = 0; index < transitions.length; index += 2) {
        await page.getByRole('button', { name: transitions[index], exact: true }).click();
        await until(transitions[index + 1], async () => await currentScreen() === transitions[index + 1]);
      }
    });
  }
});
