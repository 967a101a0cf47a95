// Launches Chromium for a test: a fresh profile with the extension and the registered host, the test portal under the
// real host names, and a fake pinentry.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startPortal } from '../portal/server.mjs';
import { FakePinentry } from './fake-pinentry.mjs';
import { Panel } from './panel-page.mjs';
import { until } from './until.mjs';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const EXTENSION = path.join(ROOT, 'dist/chrome');
export const HOST = path.join(ROOT, 'target/release/eimza-host');
const HOST_MANIFEST = JSON.parse(fs.readFileSync(path.join(ROOT, 'manifest/native-host.json'), 'utf8'));
export const EXTENSION_ID = new URL(HOST_MANIFEST.allowed_origins[0]).host;
export const WELCOME = `chrome-extension://${EXTENSION_ID}/panel/welcome.html`;
export const PANEL = `chrome-extension://${EXTENSION_ID}/panel/index.html`;

/**
 * Registers the host in a profile folder.
 * @param {string} profile
 * @param {object} changes to the host manifest, for tests of broken registrations
 */
export function registerHost(profile, changes = {}) {
  const folder = path.join(profile, 'NativeMessagingHosts');
  fs.mkdirSync(folder, { recursive: true });
  const manifest = { ...HOST_MANIFEST, path: HOST, ...changes };
  fs.writeFileSync(path.join(folder, `${manifest.name}.json`), JSON.stringify(manifest));
}

/**
 * Launches the browser.
 * @param {object} [options]
 * @param {string} [options.profile] an existing profile folder; otherwise a fresh one, removed at the end
 * @param {string} [options.extension] replaces the built extension
 * @param {string[]} [options.extensions] further unpacked extensions
 * @param {boolean} [options.visible] with a window
 * @param {object | null} [options.host] changes to the host manifest; null leaves the host unregistered
 * @param {string[]} [options.switches] further command line switches of Chromium
 * @param {boolean} [options.welcome] keeps the welcome page open, which disturbs most tests
 * @param {() => Promise<{hostResolverRules: string, close: () => Promise<unknown>}>} [options.serve] replaces the test
 *   portal
 * @returns {Promise<Browser>}
 */
export async function launch({
  profile, extension = EXTENSION, extensions = [], visible = false, host = {}, switches = [], welcome = false,
  serve = startPortal,
} = {}) {
  const portal = await serve();
  const pinentry = new FakePinentry();
  const folder = profile ?? fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-'));
  if (profile === undefined && host) registerHost(folder, host);
  const isNew = !fs.existsSync(path.join(folder, 'Default'));
  const loaded = [extension, ...extensions].join(',');
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium',
    headless: false, // Playwright's own headless mode has no extensions; Chromium's new one has
    viewport: visible ? null : { width: 1180, height: 860 },
    ignoreHTTPSErrors: true,
    ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'],
    env: visible ? process.env : { ...process.env, PATH: `${pinentry.folder}:${process.env.PATH}` },
    args: [
      ...(visible ? [] : ['--headless=new', '--disable-gpu']),
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      `--disable-extensions-except=${loaded}`,
      `--load-extension=${loaded}`,
      `--host-resolver-rules=${portal.hostResolverRules}`,
      '--ignore-certificate-errors',
      '--remote-debugging-port=0',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      ...switches,
    ],
  });
  const endpoint = await until('the debugging port', () => debuggingEndpoint(folder));
  if (isNew && !welcome) await (await welcomePage(context)).close();
  return new Browser({ context, portal, pinentry, folder, endpoint, isTemporary: profile === undefined });
}

class Browser {
  #portal;
  #endpoint;
  #isTemporary;
  #connections = [];

  constructor({ context, portal, pinentry, folder, endpoint, isTemporary }) {
    this.context = context;
    this.pinentry = pinentry;
    this.profile = folder;
    this.#portal = portal;
    this.#endpoint = endpoint;
    this.#isTemporary = isTemporary;
  }

  /** Returns the service worker of the extension. */
  worker() {
    return this.context.serviceWorkers()[0] ?? this.context.waitForEvent('serviceworker');
  }

  /** Replaces the saved state, after the pending changes of the worker. */
  async setSavedState(state) {
    await (await this.worker()).evaluate((value) => (
      navigator.locks.request('notebook', () => chrome.storage.local.set({ notebook: value }))
    ), state);
  }

  async panelIsOpen() {
    const targets = await (await fetch(`${this.#endpoint}/json/list`)).json();
    return targets.some((target) => target.url === PANEL);
  }

  /** Returns the side panel. It is a page only for debuggers that connect after it has opened. */
  async panel() {
    await until('the side panel', () => this.panelIsOpen());
    const connection = await chromium.connectOverCDP(this.#endpoint);
    this.#connections.push(connection);
    const pages = connection.contexts().flatMap((each) => each.pages());
    return new Panel(pages.find((page) => page.url() === PANEL));
  }

  /** Returns the welcome page. */
  async welcome() {
    return new Panel(await welcomePage(this.context));
  }

  /** Presses the toolbar button over a page. */
  async pressToolbarButton(page) {
    const session = await this.context.browser().newBrowserCDPSession();
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
    const tab = targetInfos.find((target) => target.type === 'tab' && target.url === page.url());
    await session.send('Extensions.triggerAction', { id: EXTENSION_ID, targetId: tab.targetId });
  }

  /** Opens the panel with the toolbar button. */
  async openPanel() {
    const [page] = this.context.pages();
    await page.goto('https://example.org/kartokuyucu');
    // The worker binds the button to the panel when it first starts.
    const worker = await this.worker();
    await until('the toolbar button', () => worker.evaluate(async () => (
      (await chrome.sidePanel.getPanelBehavior()).openPanelOnActionClick
    )));
    await this.pressToolbarButton(page);
    return this.panel();
  }

  async close() {
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.context.close();
    await this.#portal.close();
    this.pinentry.remove();
    if (this.#isTemporary) fs.rmSync(this.profile, { recursive: true, force: true });
  }
}

/** Returns the welcome page, which the extension opens in a fresh profile. */
function welcomePage(context) {
  return until('the welcome page', () => context.pages().find((page) => page.url() === WELCOME));
}

/** Returns the address of the debugging port; undefined until Chromium has written it. */
export function debuggingEndpoint(profile) {
  try {
    const [port] = fs.readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
    return port && `http://127.0.0.1:${port}`;
  } catch {
    return undefined;
  }
}
