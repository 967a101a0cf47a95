import fs from 'node:fs';
import { launch } from './browser.mjs';
import { Overlay } from './overlay-reader.mjs';
import { contentScriptOf } from './content-script.mjs';
import { covered } from './covers-nothing.mjs';
import { openHtml } from './page-fixture.mjs';
const DIR = '/work/shared/cases/pages/';
const URLS = { 'menu-cards': 'https://onlineislemler.kamusm.gov.tr/landing', 'menu-icon-ligature': 'https://onlineislemler.kamusm.gov.tr/landing', 'select-custom': 'https://portal.kamusm.gov.tr/bp/ws.go', 'select-visually-hidden': 'https://portal.kamusm.gov.tr/bp/ws.go', 'wizard-offscreen': 'https://portal.kamusm.gov.tr/bp/ws.go' };
const [, , names, sizes] = process.argv;
const browser = await launch({ host: null });
const [page] = browser.context.pages();
page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
try {
  for (const name of names.split(',')) for (const size of (sizes ?? '1180x860').split(',')) {
    const [width, height] = size.split('x').map(Number);
    await page.setViewportSize({ width, height });
    if (name.startsWith('http')) { await page.unrouteAll(); await page.goto(name); }
    else await openHtml(page, fs.readFileSync(`${DIR}${name}.html`, 'utf8'), { url: URLS[name] });
    const overlay = await Overlay.on(page);
    const run = await contentScriptOf(page);
    const tag = `/tmp/shots/${name.replace(/\W+/g, '_').slice(-40)}-${size}`;
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${tag}-0.png` });
    console.log(name, size, 'start', JSON.stringify(await covered(run)));
    const field = page.locator('[id=adres], [name=adres], textarea, [role=textbox]').first();
    if (await field.count() && await field.isVisible()) {
      await field.focus();
      await page.keyboard.type('Gül Mah. Lale Sok. No:5', { delay: 5 });
      await page.waitForTimeout(600);
      await page.screenshot({ path: `${tag}-1.png` });
      console.log(name, size, 'typed', JSON.stringify(await covered(run)), JSON.stringify((await overlay.nodes()).filter((n) => n.attributes?.includes('class')).map((n) => n.attributes[n.attributes.indexOf('class') + 1]).filter((c) => /^(corner$|corner-tab|card|badge)/.test(c))));
    }
  }
} finally { await browser.close(); }
