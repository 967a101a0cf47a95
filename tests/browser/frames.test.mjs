// Forms in frames: hints in frames of the same site, nothing in frames of others.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { SCREENS, addressOf } from '../portal/screens.mjs';
import { launch } from './browser.mjs';
import { contentScriptOf } from './content-script.mjs';
import { formPage, openHtml } from './page-fixture.mjs';
import { recordWorkerMessages } from './worker-messages.mjs';
import { until } from './until.mjs';

const FORM = formPage('<form><label for=adres>Adres</label><br><textarea id=adres rows=3 cols=50></textarea></form>');
/** An address on the same host that is no known page. */
const OUTER = 'https://ebasvuru.kamusm.gov.tr/cerceve';
const INNER = '/kartokuyucu';

let browser;
let page;
let workerMessages;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
});
after(() => browser?.close());
beforeEach(async () => { workerMessages = await recordWorkerMessages(browser); });

for (const [name, html] of Object.entries({
  'a frame in the page': `<!doctype html><p>Kamu SM</p><iframe src="${INNER}" style="width:100%;height:500px"></iframe>`,
  'a page of frames only': `<!doctype html><frameset rows="60,*"><frame src="about:blank"><frame src="${INNER}"></frameset>`,
})) {
  test(`${name}: the form in it gets its hints there`, async () => {
    await openHtml(page, html, { url: OUTER, frames: { [INNER]: FORM } });
    await page.frameLocator(`[src="${INNER}"]`).locator('textarea').fill('Gül Cad. 5');
    const run = await until('the content script', () => contentScriptOf(page, (url) => url.endsWith(INNER)));
    await until('the underline', () => run("overlayRoot.querySelector('.mark') !== null"));
  });
}

test('in a frame that is higher than the window, the overlay stands in the part that is seen', async () => {
  const html = `<!doctype html><p>Kamu SM</p><iframe src="${INNER}" style="width: 100%; height: 2400px; border: 0"></iframe>`;
  const form = formPage(`<div style="height: 700px"></div><form><label for=adres>Adres</label><br><textarea id=adres rows=3 cols=50>Gül Cad. 5</textarea></form>`);
  await openHtml(page, html, { url: OUTER, frames: { [INNER]: form } });
  const run = await until('the content script', () => contentScriptOf(page, (url) => url.endsWith(INNER)));
  const isInSight = () => run(`(() => {
    const { top } = frameElement.getBoundingClientRect();
    const boxes = [...overlayRoot.querySelectorAll('.badge, .corner, .corner-tab')].map((part) => part.getBoundingClientRect());
    return boxes.length === 2 && boxes.every((box) => box.top + top >= 0 && box.bottom + top <= parent.innerHeight);
  })()`);
  for (const position of [0, 300, 600]) {
    await page.evaluate((y) => scrollTo(0, y), position);
    await until(`the panel and the badge at ${position}`, isInSight);
  }
});

/** Opens another page that is read in a tab of its own; its request comes after those of all frames that were loaded before. */
async function requestsUntilNext() {
  const url = 'https://ebasvuru.kamusm.gov.tr/hakkinda';
  const urls = async () => (await workerMessages()).map(({ snapshot }) => snapshot?.url).filter((each) => each !== undefined);
  const count = async () => (await urls()).filter((each) => each === url).length;
  const before = await count();
  const next = await browser.context.newPage();
  await next.goto(url);
  await until('its request', async () => await count() > before);
  await next.close();
  return (await urls()).filter((each) => each !== url);
}

test('known pages in frames of another site are not read', async () => {
  await page.goto('https://example.org/kartokuyucu');
  for (const screen of SCREENS.filter(({ place }) => place !== null).slice(0, 4)) {
    await page.evaluate((url) => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = resolve;
      frame.src = url;
      document.body.append(frame);
    }), addressOf(screen));
  }
  assert.deepEqual(await requestsUntilNext(), []);
});

test('a known page in a frame of its own site, within a page of another site, is not read', async () => {
  await openHtml(page, `<!doctype html><iframe src="${INNER}"></iframe>`, { url: OUTER, frames: { [INNER]: FORM } });
  await page.route('https://example.org/**', (route) => (
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><iframe src="${OUTER}"></iframe>` })
  ));
  await requestsUntilNext();
  const before = (await requestsUntilNext()).length;
  await page.goto('https://example.org/');
  await page.frameLocator('iframe').frameLocator('iframe').locator('textarea').fill('Gül Cad. 5');
  assert.equal((await requestsUntilNext()).length, before);
});
