// The overlay above, and inside, what the page puts over itself: dialogs, popovers, fullscreen. Presses and keys in it reach
// no listener of the page, and the keyboard reaches it everywhere.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { contentScriptOf } from './content-script.mjs';
import { assertCoversNothing } from './covers-nothing.mjs';
import { Overlay } from './overlay-reader.mjs';
import { formPage, openHtml } from './page-fixture.mjs';
import { until } from './until.mjs';

const FIELD = '<label for="adres">Adres</label><br><textarea id="adres" rows="3" cols="50"></textarea>';
const TYPED = 'Gül Cad. 5';
const FIXED = 'Gül Caddesi 5';
const FIX = 'Cad. → Caddesi';

let browser;
let page;
let overlay;
before(async () => {
  browser = await launch({ host: null });
  [page] = browser.context.pages();
  overlay = await Overlay.on(page);
});
after(() => browser?.close());
beforeEach(() => page.goto('about:blank'));

const value = () => page.locator('#adres').inputValue();

/** Types an address, presses its fix, and checks that it was written and that nothing was covered. */
async function fixes() {
  await page.locator('#adres').fill(TYPED);
  await overlay.waitForText(FIX);
  await assertCoversNothing(await contentScriptOf(page), 'with the card');
  await overlay.press(FIX);
  await until('the fix', async () => await value() === FIXED);
}

const LAYERS = {
  'a modal dialog': formPage(`<dialog id="d" style="width: 500px">${FIELD}<br><button type="button">Gönder</button></dialog><script>d.showModal();</script>`),
  'a modal dialog in a shadow root': formPage(`<x-dialog></x-dialog><script>
    customElements.define('x-dialog', class extends HTMLElement { connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = '<dialog>${FIELD}</dialog>';
      this.shadowRoot.firstChild.showModal(); } });</script>`),
  'a popover that closes at a press outside': formPage(`<div id="d" popover>${FIELD}</div><script>d.showPopover();</script>`),
  'a dialog drawn by the page, which closes at a press outside heard at the root': formPage(`<div id="d" role="dialog" aria-modal="true" style="position: fixed; left: 60px; top: 110px; width: 520px; background: #fff; border: 1px solid">${FIELD}</div>
    <script>document.documentElement.addEventListener('click', (event) => { if (!event.composedPath().includes(d)) d.remove(); }, true);</script>`),
  'the same without a role, with presses heard at the window': formPage(`<div id="d" style="position: fixed; left: 60px; top: 110px; width: 520px; background: #fff; border: 1px solid">${FIELD}</div>
    <script>for (const type of ['pointerdown', 'mousedown', 'click']) document.addEventListener(type, (event) => { if (!event.composedPath().includes(d)) d.remove(); }, true);</script>`),
  'a dialog that makes everything beside it inert': formPage(`<div id="d" role="dialog" aria-modal="true" style="position: fixed; left: 60px; top: 110px; width: 520px; background: #fff">${FIELD}</div>
    <script>new MutationObserver(() => { for (const other of document.body.children) if (other !== d && !other.inert) { other.inert = true; other.ariaHidden = 'true'; } }).observe(document.body, { childList: true });</script>`),
};

describe('a fix can be pressed in', () => {
  for (const [name, html] of Object.entries(LAYERS)) {
    test(name, async () => {
      await openHtml(page, html);
      await fixes();
    });
  }

  test('a fullscreen element', async () => {
    await openHtml(page, formPage(`<div id="d" style="background: #fff">${FIELD}<button type="button" id="go" onclick="d.requestFullscreen()">Tam ekran</button></div>`));
    await page.locator('#go').click();
    await until('fullscreen', () => page.evaluate(() => document.fullscreenElement !== null));
    await fixes();
  });

  test('a page under a transformed or zoomed body', async () => {
    for (const style of ['transform: scale(0.8); transform-origin: 0 0', 'zoom: 1.5', 'zoom: 2; transform: translate(20px, 10px)']) {
      await openHtml(page, formPage(FIELD, `body { ${style} }`));
      await fixes();
    }
  });
});

test('with a dialog over the form nothing is drawn over either', async () => {
  await openHtml(page, formPage(`${FIELD}<dialog id="d"><p>Aydınlatma metni</p><form method="dialog"><button>Kapat</button></form></dialog>`));
  await page.locator('#adres').fill(TYPED);
  await overlay.waitForText(FIX);
  await page.evaluate(() => document.getElementById('d').showModal());
  const run = await contentScriptOf(page);
  await until('the empty overlay', () => run("overlayRoot.querySelector('.card, .badge, .corner, .corner-tab') === null"));
  await page.locator('#d button').click();
  await overlay.waitForCount(1, 'corner');
});

test('a popover that opens later does not hide the overlay', async () => {
  await openHtml(page, formPage(`${FIELD}<div id="p" popover="manual" style="inset: 0; width: 100vw; height: 100vh; box-sizing: border-box; background: #fffc">${FIELD.replaceAll('adres', 'ilce')}</div>`));
  await overlay.waitForCount(1, 'corner');
  await page.evaluate(() => document.getElementById('p').showPopover());
  const run = await contentScriptOf(page);
  await until('the overlay above it', () => run(`(() => { const part = overlayRoot.querySelector('.corner, .corner-tab');
    const box = part?.getBoundingClientRect();
    return part && document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2) === overlayRoot.host; })()`));
});

describe('the page hears nothing of', () => {
  const LISTEN = `<script>globalThis.heard = [];
    for (const target of [window, document, document.documentElement, document.body]) for (const capture of [true, false]) {
      for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'keydown', 'keyup', 'focusin', 'focusout', 'blur', 'focus', 'wheel', 'contextmenu', 'toggle', 'beforetoggle']) {
        target.addEventListener(type, (event) => { if (globalThis.recording) heard.push(type + ' ' + (event.target.id || event.target.localName)); }, capture);
      }
    }</script>`;
  const heard = () => page.evaluate(() => { globalThis.recording = false; return [...new Set(globalThis.heard)]; });

  beforeEach(async () => {
    await openHtml(page, formPage(FIELD));
    await page.locator('#adres').fill(TYPED);
    await overlay.waitForText(FIX);
    // Later than the content script, as every listener of a page is once the script runs at the start of the document.
    await page.evaluate((script) => {
      const element = document.createElement('script');
      element.textContent = script;
      document.head.append(element);
      globalThis.recording = true;
    }, LISTEN.replace(/<\/?script>/g, ''));
  });

  test('presses', async () => {
    await overlay.press('Olduğu gibi bırak').catch(() => {});
    await overlay.press('×');
    await overlay.waitForCount(0, 'card');
    assert.deepEqual((await heard()).filter((line) => /^(pointer|mouse|click)/.test(line)), []);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'adres');
  });

  test('the focus that moves into a card and back', async () => {
    await page.keyboard.press('Control+.');
    const run = await contentScriptOf(page);
    await until('the focus in the card', () => run("overlayRoot.activeElement?.closest('.card') !== null && overlayHasFocus()"));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await until('the focus in the field', () => page.evaluate(() => document.activeElement.id === 'adres'));
    assert.deepEqual((await heard()).filter((line) => !/^key(down|up) adres$/.test(line)), []);
  });
});

describe('by keyboard', () => {
  const TRAP = formPage(`<div id="d" role="dialog" aria-modal="true" style="position: fixed; left: 60px; top: 110px; width: 520px; background: #fff">${FIELD}<button type="button" id="send">Gönder</button></div>
    <script>document.addEventListener('focusin', (event) => { if (!d.contains(event.target)) adres.focus(); });
    document.addEventListener('focusout', (event) => { if (event.relatedTarget && !d.contains(event.relatedTarget)) adres.focus(); });</script>`);

  test('the card is reached and a fix is pressed where the page keeps the focus in its dialog', async () => {
    for (const html of [TRAP, LAYERS['a modal dialog'], formPage(FIELD)]) {
      await openHtml(page, html);
      await page.locator('#adres').fill(TYPED);
      await overlay.waitForText(FIX);
      const run = await contentScriptOf(page);
      await page.keyboard.press('Control+.');
      await until('the focus on the fix', () => run(`overlayRoot.activeElement?.textContent === ${JSON.stringify(FIX)}`));
      await page.keyboard.press('Enter');
      await until('the fix', async () => await value() === FIXED);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'adres');
    }
  });

  test('Tab beyond the last button leads back to the field', async () => {
    await openHtml(page, formPage(FIELD));
    await page.locator('#adres').fill(TYPED);
    await overlay.waitForText(FIX);
    const run = await contentScriptOf(page);
    await page.keyboard.press('Control+.');
    await until('the focus in the card', () => run('overlayHasFocus()'));
    const count = await run("overlayRoot.querySelectorAll('.card button').length");
    for (let index = 0; index < count; index += 1) await page.keyboard.press('Tab');
    await until('the focus in the field', () => page.evaluate(() => document.activeElement.id === 'adres'));
  });

  test('the key belongs to a page that handles it', async () => {
    await openHtml(page, formPage(`${FIELD}<script>adres.onkeydown = (event) => { if (event.key === '.' && event.ctrlKey) event.preventDefault(); };</script>`));
    await page.locator('#adres').fill(TYPED);
    await overlay.waitForText(FIX);
    await page.keyboard.press('Control+.');
    const run = await contentScriptOf(page);
    await run('new Promise((done) => setTimeout(() => requestAnimationFrame(done)))');
    assert.equal(await run('overlayHasFocus()'), false);
  });
});
