// A Chromium of our own: a fresh profile with the extension, the test portal under the real host
// names, the host registered in the profile, and a pinentry that types by itself.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startPortal } from '../portal/server.mjs';
import { Panel } from './panel.mjs';
import { until } from './until.mjs';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const EXTENSION = path.join(ROOT, 'dist/chrome');
export const HOST = path.join(ROOT, 'target/release/eimza-host');
const HOST_MANIFEST = JSON.parse(fs.readFileSync(path.join(ROOT, 'manifest/native-host.json'), 'utf8'));
export const EXTENSION_ID = new URL(HOST_MANIFEST.allowed_origins[0]).host;
export const WELCOME = `chrome-extension://${EXTENSION_ID}/panel/welcome.html`;
export const PANEL = `chrome-extension://${EXTENSION_ID}/panel/index.html`;

/** A folder with the pinentry of tests/host, for the front of PATH. */
export class Typist {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-typist-'));
    fs.copyFileSync(path.join(ROOT, 'tests/host/pinentry.cjs'), path.join(this.folder, 'pinentry'));
    fs.chmodSync(path.join(this.folder, 'pinentry'), 0o755);
    this.will({});
  }

  /** What it types from its next start on; see tests/host/pinentry.cjs. */
  will(answers) {
    fs.writeFileSync(path.join(this.folder, 'answers.json'), JSON.stringify(answers));
  }

  /** Everything that it was told. */
  get wasTold() {
    try {
      return fs.readFileSync(path.join(this.folder, 'said'), 'utf8').replaceAll('%0A', '\n');
    } catch {
      return '';
    }
  }

  /** Whether its window is open. */
  get isRunning() {
    try {
      process.kill(Number(fs.readFileSync(path.join(this.folder, 'pid'), 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  }

  /** Lets it go on from <pause>. */
  goOn() {
    fs.writeFileSync(path.join(this.folder, 'go'), '');
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Registers the host in a profile folder.
 * @param {string} profile
 * @param {object} changes to the manifest, for tests of broken registrations
 */
export function registerHost(profile, changes = {}) {
  const folder = path.join(profile, 'NativeMessagingHosts');
  fs.mkdirSync(folder, { recursive: true });
  const manifest = { ...HOST_MANIFEST, path: HOST, ...changes };
  fs.writeFileSync(path.join(folder, `${manifest.name}.json`), JSON.stringify(manifest));
}

/**
 * @param {object} [options]
 * @param {string} [options.profile] an existing profile folder; else a fresh one, removed at the end
 * @param {string} [options.extension] another one in the place of the built one
 * @param {string[]} [options.extensions] further unpacked extensions
 * @param {boolean} [options.visible] with a window
 * @param {object | null} [options.host] changes to the registration of the host; null for none at all
 * @param {string[]} [options.switches] further ones of Chromium's command line
 * @param {boolean} [options.welcome] leaves the page open that a new extension shows; it is in the way of most tests
 */
export async function launch({ profile, extension = EXTENSION, extensions = [], visible = false, host = {}, switches = [], welcome = false } = {}) {
  const portal = await startPortal({ port: 0 });
  const typist = new Typist();
  const fresh = profile === undefined;
  const folder = profile ?? fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-profile-'));
  if (fresh && host) registerHost(folder, host);
  const isNew = !fs.existsSync(path.join(folder, 'Default'));
  const loaded = [extension, ...extensions].join(',');
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium',
    headless: false, // Playwright's own headless mode has no extensions; Chromium's new one has
    viewport: visible ? null : { width: 1180, height: 860 },
    ignoreHTTPSErrors: true,
    ignoreDefaultArgs: ['--disable-extensions'],
    env: visible ? process.env : { ...process.env, PATH: `${typist.folder}:${process.env.PATH}` },
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
  const endpoint = await until('the debugging port', () => debuggingPort(folder));
  if (isNew && !welcome) await (await welcomePage(context)).close();
  const connections = [];
  const targets = async () => (await fetch(`${endpoint}/json/list`)).json();
  const panelIsOpen = async () => (await targets()).some((target) => target.url === PANEL);

  return {
    context,
    typist,
    profile: folder,
    panelIsOpen,
    worker: () => context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker'),

    /** Lays a notebook down, after what the worker is still writing. */
    async setNotebook(notebook) {
      await (await this.worker()).evaluate((value) => (
        navigator.locks.request('notebook', () => chrome.storage.local.set({ notebook: value }))
      ), notebook);
    },

    /** The side panel: a page for those only who connect to the debugging port after it has opened. */
    async panel() {
      await until('the side panel', panelIsOpen);
      const connection = await chromium.connectOverCDP(endpoint);
      connections.push(connection);
      const pages = connection.contexts().flatMap((each) => each.pages());
      return new Panel(pages.find((page) => page.url() === PANEL));
    },

    /** The page after installation, as its user reads it. */
    async welcome() {
      return new Panel(await welcomePage(context));
    },

    /** Presses the toolbar button over a page. */
    async pressToolbarButton(page) {
      const session = await context.browser().newBrowserCDPSession();
      const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
      const tab = targetInfos.find((target) => target.type === 'tab' && target.url === page.url());
      await session.send('Extensions.triggerAction', { id: EXTENSION_ID, targetId: tab.targetId });
    },

    /** Opens the panel with the toolbar button. */
    async openPanel() {
      const [page] = context.pages();
      await page.goto('https://example.org/kartokuyucu');
      // The worker says what the button does when it first starts.
      const worker = await this.worker();
      await until('the toolbar button', () => worker.evaluate(async () => (
        (await chrome.sidePanel.getPanelBehavior()).openPanelOnActionClick
      )));
      await this.pressToolbarButton(page);
      return this.panel();
    },

    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
      await context.close();
      await portal.close();
      typist.remove();
      if (fresh) fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The page that a fresh profile shows of its new extension. */
function welcomePage(context) {
  return until('the welcome page', () => context.pages().find((page) => page.url() === WELCOME));
}

function debuggingPort(profile) {
  try {
    const [port] = fs.readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
    return port && `http://127.0.0.1:${port}`;
  } catch {
    return undefined;
  }
}

/** Whether the card, asked through OpenSC, accepts a PIN. */
export function openscVerifies(pin) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-opensc-'));
  const configuration = path.join(folder, 'opensc.conf');
  fs.writeFileSync(configuration, 'app default { card_drivers = default; enable_default_driver = true; }');
  try {
    execFileSync('pkcs15-tool', ['--verify-pin', '--auth-id', '01', '--pin', pin],
      { env: { ...process.env, OPENSC_CONF: configuration }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
