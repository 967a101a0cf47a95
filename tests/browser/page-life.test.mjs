// The life of a page: slow resources, busy scripts, a document that is opened anew, the back/forward cache, navigation
// within an application.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { servePages } from './page-server.mjs';
import { until } from './until.mjs';
import { recordWorkerMessages } from './worker-messages.mjs';

const HOST = 'https://ebasvuru.kamusm.gov.tr';
const FORM = `${HOST}/kartokuyucu`;
const TITLE = 'Kart Okuyucu Müşteri Başvurusu';
const PURPOSE = 'Bu sayfa kart okuyucu satın almak içindir';
const ONLINE = 'https://onlineislemler.kamusm.gov.tr/landing';
const ADDRESS = 'Gül Cad. 5';

const html = (content, head = '') => ({ body: `<!DOCTYPE html><html lang="tr"><head><title>Deneme</title>${head}</head><body>${content}</body></html>` });
const form = (rest = '') => html(`<h1>${TITLE}</h1><label>Adres <textarea name="adres"></textarea></label><button>Gönder</button>${rest}`);

/** Records when our element is inserted, and in which state the document is then. */
const RECORD_INSERTION = `<script>
  new MutationObserver(() => {
    if (!document.querySelector('[data-eimza-yardimcisi]')) return;
    globalThis.inserted ??= { at: performance.now(), state: document.readyState, loaded: globalThis.loaded === true };
  }).observe(document, { childList: true, subtree: true });
  addEventListener('load', () => setTimeout(() => { globalThis.loaded = true; }));
</script>`;

/** @type {(() => void)[]} */
const heldResponses = [];

const PAGES = {
  '/kartokuyucu': () => form(),
  '/baska': () => html('<p>Başka bir sayfa</p>'),
  '/kartokuyucu/;slow': () => form(`${RECORD_INSERTION}<img src="/never.png" alt="">`),
  '/kartokuyucu/;late': () => form(`${RECORD_INSERTION}<img src="/late.png" alt="">`),
  '/kartokuyucu/;busy': () => form(`<script>(function work() {
    for (const end = performance.now() + 40; performance.now() < end;);
    setTimeout(work);
  })()</script>`),
  '/kartokuyucu/;opened': () => form(`<script>setTimeout(() => {
    document.open();
    document.write('<!DOCTYPE html><h1>${TITLE}</h1><p>Yeniden açıldı</p>');
    document.close();
  })</script><script src="/never.js"></script>`),
  '/landing': () => html('<h1>Online İşlemler</h1><main><button id="in">Giriş</button></main>'),
  '/never.png': () => null,
  '/never.js': () => null,
  '/late.png': () => new Promise((resolve) => { heldResponses.push(() => resolve({ type: 'image/png', body: '' })); }),
};

let server;
let browser;
let page;
let overlay;
before(async () => {
  server = await servePages(({ pathname }) => PAGES[pathname]?.());
  browser = await launch({ host: null, switches: server.switches });
});
after(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  page = await browser.context.newPage();
  overlay = await Overlay.on(page);
});
afterEach(() => page.close());

describe('loading', () => {
  test('nothing is inserted before the page has loaded, but the page is read before', async () => {
    const messages = await recordWorkerMessages(browser);
    const url = `${FORM}/;late`;
    await page.goto(url, { waitUntil: 'commit' });
    await until('the request', async () => (await messages()).some(({ snapshot }) => snapshot?.url === `${FORM}/`));
    await until('the image’s request', () => heldResponses.length > 0);
    assert.deepEqual(await overlay.nodes(), []);
    heldResponses.forEach((respond) => respond());
    await overlay.waitForText(PURPOSE);
    const { state, loaded } = await page.evaluate('inserted');
    assert.deepEqual({ state, loaded }, { state: 'complete', loaded: true });
  });

  test('a page whose image never comes gets hints', async () => {
    await page.goto(`${FORM}/;slow`, { waitUntil: 'commit' });
    await overlay.waitForText(PURPOSE);
    assert.equal(await page.evaluate('inserted.state'), 'interactive');
  });

  test('a page whose scripts never pause gets hints', async () => {
    await page.goto(`${FORM}/;busy`, { waitUntil: 'commit' });
    await overlay.waitForText(PURPOSE);
  });

  test('a page that opens its document anew while it loads gets hints', async () => {
    await page.goto(`${FORM}/;opened`, { waitUntil: 'commit' });
    await page.getByText('Yeniden açıldı').waitFor();
    await overlay.waitForText(PURPOSE);
  });
});

describe('the back/forward cache', () => {
  /** Leaves the page, and comes back with its history. Playwright waits in vain for a load event. */
  async function leaveAndReturn(away = async () => {}) {
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => { globalThis.persisted = persisted; });
    });
    await page.goto(`${HOST}/baska`);
    await away();
    await page.goBack({ waitUntil: 'commit' });
    await until('the return', () => page.evaluate('globalThis.persisted !== undefined'));
    assert.equal(await page.evaluate('persisted'), true, 'the page was kept');
  }

  test('a page with hints is kept, and its hints go on', async () => {
    await page.goto(FORM);
    await page.locator('textarea').fill(ADDRESS);
    await overlay.waitForCount(1, 'mark');
    await leaveAndReturn();
    assert.equal(await page.locator('textarea').inputValue(), ADDRESS);
    await overlay.waitForText(PURPOSE);
    await overlay.waitForCount(1, 'mark');
    await page.locator('textarea').fill(`${ADDRESS} Sok.`);
    await overlay.waitForCount(2, 'mark');
  });

  test('a language that was chosen in the meantime is used', async () => {
    const worker = await browser.worker();
    await page.goto(FORM);
    await overlay.waitForText(PURPOSE);
    try {
      await leaveAndReturn(() => worker.evaluate(() => chrome.storage.local.set({ lang: 'en' })));
      await overlay.waitForText('Minimise');
    } finally {
      await worker.evaluate(() => chrome.storage.local.remove('lang'));
    }
  });

  test('a page that was left while a request was open goes on', async () => {
    await page.goto(FORM);
    await overlay.waitForText(PURPOSE);
    await page.evaluate((address) => {
      addEventListener('pagehide', () => {
        document.querySelector('textarea').value = address;
        document.querySelector('textarea').dispatchEvent(new Event('input', { bubbles: true }));
      });
    }, ADDRESS);
    await page.locator('textarea').pressSequentially('Gül');
    await leaveAndReturn();
    await overlay.waitForCount(1, 'mark');
  });
});

describe('navigation within an application', () => {
  test('the old hints go, the new ones come, forth and back', async () => {
    await page.goto(ONLINE);
    await overlay.waitForText('Online İşlemler');
    await page.evaluate(() => {
      const views = { '/landing': '<button>Giriş</button>', '/bos': '<p>Boş</p>' };
      const show = () => { document.querySelector('main').innerHTML = views[location.pathname]; };
      addEventListener('popstate', show);
      document.querySelector('button').addEventListener('click', () => {
        history.pushState(null, '', '/bos');
        document.querySelector('h1').hidden = true;
        show();
      });
    });
    await page.getByRole('button', { name: 'Giriş' }).click();
    await until('no hints', async () => (await overlay.nodes()).length === 0);
    await page.evaluate(() => {
      document.querySelector('h1').hidden = false;
      history.back();
    });
    await overlay.waitForText('Online İşlemler');
  });

  test('a change of the address alone decides too', async () => {
    await page.goto(FORM);
    await overlay.waitForText(PURPOSE);
    await page.evaluate(() => history.replaceState(null, '', '/hakkinda'));
    await until('no hints', async () => (await overlay.nodes()).length === 0);
    await page.evaluate(() => history.replaceState(null, '', '/kartokuyucu#adres'));
    await overlay.waitForText(PURPOSE);
    await page.evaluate(() => { location.hash = 'il'; });
    await overlay.waitForText(PURPOSE);
  });
});
