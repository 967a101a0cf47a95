// A page that the browser prerenders and that the user then opens. Chromium prerenders nothing while a debugger is
// attached to the page, so the pages report to their server instead.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { EXTENSION, WELCOME, debuggingEndpoint } from './browser.mjs';
import { servePages } from './page-server.mjs';
import { until } from './until.mjs';

const HOST = 'https://ebasvuru.kamusm.gov.tr';
const TITLE = 'Kart Okuyucu Müşteri Başvurusu';
const RULES = JSON.stringify({ prerender: [{ urls: ['/kartokuyucu'], eagerness: 'immediate' }] });

const PAGES = {
  '/baslangic': `<!DOCTYPE html><a href="/kartokuyucu">Başvuru</a><script type="speculationrules">${RULES}</script>
    <script>fetch('/wait').then(() => document.querySelector('a').click())</script>`,
  '/kartokuyucu': `<!DOCTYPE html><html lang="tr"><title>Deneme</title><h1>${TITLE}</h1><label>Adres <textarea name="adres"></textarea></label>
    <script>
      const isDrawn = () => document.querySelector('[data-eimza-yardimcisi]') !== null;
      if (document.prerendering) {
        addEventListener('load', () => setTimeout(() => fetch('/prerendered?' + (isDrawn() ? 'drawn' : 'empty')), 1500));
        document.addEventListener('prerenderingchange', () => {
          fetch('/activated');
          new MutationObserver(() => isDrawn() && fetch('/drawn')).observe(document, { childList: true, subtree: true });
        });
      }
    </script>`,
};

test('hints appear when the user opens a page that was prerendered, and not before', async () => {
  const reports = [];
  let continueToForm;
  const prerendered = new Promise((resolve) => { continueToForm = resolve; });
  const server = await servePages(async ({ pathname, search }) => {
    if (pathname === '/wait') await prerendered;
    if (pathname in PAGES) return { body: PAGES[pathname] };
    reports.push(pathname + search);
    if (pathname === '/prerendered') continueToForm();
    return { body: '' };
  });
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-'));
  const chrome = spawn('/usr/bin/chromium', [
    `--user-data-dir=${profile}`, '--headless=new', '--disable-gpu', '--remote-debugging-port=0', '--ignore-certificate-errors',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []), '--no-first-run', '--disable-background-networking',
    `--disable-extensions-except=${EXTENSION}`, `--load-extension=${EXTENSION}`, ...server.switches,
  ], { stdio: 'ignore' });
  const ended = new Promise((resolve) => { chrome.once('exit', resolve); });
  try {
    const endpoint = await until('the debugging port', () => debuggingEndpoint(profile));
    // A page behind another one prerenders nothing.
    await until('the welcome page', async () => (await (await fetch(`${endpoint}/json/list`)).json()).some(({ url }) => url === WELCOME));
    await fetch(`${endpoint}/json/new?${HOST}/baslangic`, { method: 'PUT' });
    await until('the activation', () => reports.includes('/activated'));
    assert.ok(reports.includes('/prerendered?empty'), reports.join());
    await until('the hints', () => reports.includes('/drawn'));
  } finally {
    chrome.kill();
    await ended;
    await server.close();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  }
});
