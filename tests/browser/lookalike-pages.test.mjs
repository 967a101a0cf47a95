// Nothing is drawn on pages that only resemble a known one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ALL_MARKUPS } from '../portal/page.mjs';
import { FOREIGN, SCREENS, addressOf } from '../portal/screens.mjs';
import { launch } from './browser.mjs';
import { drawsNothingOn } from './content-script.mjs';

// No source names the paths behind its login, so that its labels decide on every path.
const ANY_PATH = 'onlineislemler.kamusm.gov.tr';

let browser;
let page;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
});
after(() => browser?.close());

describe('nothing is drawn on', () => {
  for (const screen of SCREENS) {
    test(`${screen.id} on another page of its host, and on other sites`, async () => {
      const [host] = screen.hosts;
      const others = FOREIGN.map((foreign) => addressOf(screen, undefined, foreign));
      const elsewhere = host === ANY_PATH ? [] : [`https://${host}/baska-sayfa?goster=${screen.id}`];
      for (const address of [...elsewhere, ...others]) {
        assert.ok(await drawsNothingOn(browser, page, address), address);
        assert.ok(await page.getByText('düzeni yeniden kurulmuştur').isVisible());
      }
    });
  }

  test('unknown screens on their own hosts', async () => {
    for (const screen of SCREENS.filter(({ place }) => place === null)) {
      for (const markup of ALL_MARKUPS) assert.ok(await drawsNothingOn(browser, page, addressOf(screen, markup)), markup);
    }
  });

  test('a page of a procedure over plain http', async () => {
    assert.ok(await drawsNothingOn(browser, page, 'http://www.kamusm.gov.tr/kartokuyucu?goster=kartokuyucu.form'));
    assert.match(page.url(), /^http:/);
  });
});
