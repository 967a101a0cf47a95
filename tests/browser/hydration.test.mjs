// Documents that a framework takes over from the server: React compares every node with what it expects. Where it finds
// a foreign one, it discards the document, and with it what the user typed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { servePages } from './page-server.mjs';
import { until } from './until.mjs';

const require = createRequire(import.meta.url);
const { createElement } = require('react');
const { renderToString } = require('react-dom/server');

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const ADDRESS = 'Gül Cad. 5';

/** Runs here and in the page: returns the whole document. `when` is the moment of hydration. */
function app(h, when) {
  const rows = Array.from({ length: 2000 }, (_, row) => h('li', { key: row }, `Satır ${row}`));
  return h(
    'html', { lang: 'tr' },
    h(
      'head', null, h('title', null, 'Kart Okuyucu Müşteri Başvurusu'),
      h('script', { src: '/react.js', defer: true }), h('script', { src: '/react-dom.js', defer: true }),
      h('script', { src: `/hydrate.js?${when}`, defer: true }),
    ),
    h(
      'body', null, h('h1', null, 'Kart Okuyucu Müşteri Başvurusu'),
      h('label', null, 'Adres ', h('textarea', { name: 'adres', onInput() { globalThis.inputs += 1; } })),
      h('button', { type: 'button' }, 'Gönder'), h('ul', null, rows),
    ),
  );
}

/** Runs in the page. */
function prepare(build, when) {
  Object.assign(globalThis, { errors: [], inputs: 0, isHydrated: false, served: document.querySelector('textarea') });
  const { React, ReactDOM } = globalThis;
  const Document = () => {
    React.useEffect(() => { globalThis.isHydrated = true; });
    return build(React.createElement, when);
  };
  globalThis.hydrate = () => ReactDOM.hydrateRoot(document, React.createElement(Document), {
    onRecoverableError: (error) => globalThis.errors.push(error.message),
  });
  if (when === 'at-once') globalThis.hydrate();
  if (when === 'after-load') addEventListener('load', () => setTimeout(globalThis.hydrate));
}

/** @param {URL} url */
function answer({ pathname, search }) {
  const script = (name) => ({
    type: 'text/javascript',
    body: fs.readFileSync(path.join(path.dirname(require.resolve(name)), `umd/${name}.development.js`), 'utf8'),
  });
  switch (pathname) {
    case '/kartokuyucu': return { body: `<!DOCTYPE html>${renderToString(app(createElement, search.slice(1)))}` };
    case '/react.js': return script('react');
    case '/react-dom.js': return script('react-dom');
    case '/hydrate.js': return { type: 'text/javascript', body: `(${prepare})(${app}, '${search.slice(1)}')` };
    default: return undefined;
  }
}

let server;
let browser;
let page;
let overlay;
let logged;
before(async () => {
  server = await servePages(answer);
  browser = await launch({ host: null, switches: server.switches });
});
after(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  page = await browser.context.newPage();
  overlay = await Overlay.on(page);
  logged = [];
  page.on('console', (message) => { if (message.type() === 'error') logged.push(message.text()); });
});
afterEach(() => page.close());

const address = () => page.locator('textarea');

/** Checks that React has taken over the very nodes that the server sent. */
async function assertHydrated() {
  await until('the hydration', () => page.evaluate('isHydrated'));
  assert.deepEqual(await page.evaluate('errors'), []);
  assert.deepEqual(logged.filter((text) => /hydrat|did not expect/i.test(text)), []);
  assert.ok(await page.evaluate('served.isConnected'), 'the document was not redrawn');
}

for (const when of ['at-once', 'after-load']) {
  test(`a document that is hydrated ${when.replace('-', ' ')} is not disturbed`, async () => {
    await page.goto(`${FORM}?${when}`);
    await address().fill(ADDRESS);
    await overlay.waitForCount(1, 'mark');
    await assertHydrated();
    await overlay.waitForCount(1, 'mark');
    assert.equal(await address().inputValue(), ADDRESS);
  });
}

test('a document that is hydrated after the user typed keeps the text and the hints', async () => {
  await page.goto(`${FORM}?later`);
  await address().pressSequentially(ADDRESS);
  await overlay.waitForCount(1, 'mark');
  await page.evaluate('void hydrate()');
  await assertHydrated();
  assert.equal(await address().inputValue(), ADDRESS);
  await overlay.waitForCount(1, 'mark');
  await address().pressSequentially(' No: 3');
  assert.ok(await page.evaluate('inputs') > 0, 'React handles the events of the field');
});
