// Measures the time from the key that completes an abbreviation to the underline: with a running worker, with a stopped
// one, with a stopped one whose files are read from disk, with one that is stopped during the check, and on a page with a
// list of 300 choices.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION, PANEL, launch } from '../../browser/browser.mjs';
import { contentScriptOf } from '../../browser/content-script.mjs';
import { RUNS, row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const BEFORE = 'Gül So';
const KEY = 'k';
/** Time for the response to the undone text to arrive before the next key, in milliseconds. */
const REST = 300;
const CONSTANT_WORKER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'constant-worker');

/** Runs in the content script: measures from the input event to the frame that shows the underline. */
const WATCH = `globalThis.drawn = new Promise((resolve, reject) => {
  setTimeout(reject, 10_000, new Error('nothing is drawn'));
  const field = document.querySelector('[name=adres]');
  field.addEventListener('input', () => {
    const began = performance.now();
    const look = () => {
      if (overlayRoot.querySelector('.mark')) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true });
}); true`;

/** Runs in the content script: resolves when it sends its next snapshot. */
const WATCH_REQUEST = `globalThis.requested = new Promise((resolve) => {
  const { sendMessage } = chrome.runtime;
  chrome.runtime.sendMessage = (message) => {
    if (message.type !== 'advise') return sendMessage(message);
    chrome.runtime.sendMessage = sendMessage;
    resolve();
    return sendMessage(message);
  };
}); true`;

/** A browser with an extension that shows the form, with the focus in the address field. */
class FormPage {
  static async open(extension) {
    const form = new FormPage();
    form.extension = extension;
    // Only our extension opens a welcome page.
    form.browser = await launch({ extension, welcome: extension !== EXTENSION });
    form.page = form.browser.context.pages()[0];
    await form.go();
    return form;
  }

  async go(script = '') {
    await this.page.goto(FORM);
    await this.page.evaluate(script);
    this.run = await contentScriptOf(this.page);
    this.field = this.page.locator('[name=adres]');
    await this.field.pressSequentially(BEFORE);
  }

  /**
   * Presses the key that completes the abbreviation, measures, and undoes it.
   * @param {() => Promise<void>} [beforeDrawing] runs before the underline is drawn
   */
  async key(beforeDrawing = async () => {}) {
    await this.run(WATCH);
    await this.page.keyboard.press(KEY);
    await beforeDrawing();
    const took = await this.run('drawn');
    await this.page.keyboard.press('Backspace');
    await new Promise((resume) => { setTimeout(resume, REST); });
    return took;
  }

  /** Stops the worker, as the browser does after 30 seconds without events, and waits for its end. */
  async stopWorker() {
    this.control ??= await this.controlPage();
    const stopped = new Promise((resume) => {
      this.control.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        if (versions.every(({ runningStatus }) => runningStatus === 'stopped')) resume();
      });
    });
    await this.control.send('ServiceWorker.stopAllWorkers');
    await stopped;
  }

  /** Drops the extension's files from the page cache, as after a boot. */
  evictFiles() {
    const files = fs.readdirSync(this.extension, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) {
      execFileSync('dd', [`if=${path.join(parentPath, name)}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
    }
  }

  /** Makes the worker hang during the next check, where it reads storage. */
  async haltWorker() {
    await this.run(WATCH_REQUEST);
    await (await this.browser.worker()).evaluate(() => { chrome.storage.local.get = () => new Promise(() => {}); });
  }

  /** Stops the worker once it has received a snapshot. */
  async stopDuringCheck() {
    await this.run('requested');
    await this.stopWorker();
  }

  /** Opens a page of the extension: DevTools shows the worker only there. */
  async controlPage() {
    const page = await this.browser.context.newPage();
    await page.goto(PANEL.replace('index.html', 'transfer.html'));
    const session = await page.context().newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await this.page.bringToFront();
    await this.field.focus();
    return session;
  }
}

/** Copies the product with a worker that returns recorded responses. */
async function constantExtension(form) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-constant-'));
  fs.cpSync(EXTENSION, folder, { recursive: true });
  const requestAnswer = () => form.run('chrome.runtime.sendMessage({ type: "advise", snapshot: takeSnapshot() })');
  const without = await requestAnswer();
  await form.page.keyboard.press(KEY);
  const with_ = await requestAnswer();
  await form.page.keyboard.press('Backspace');
  fs.writeFileSync(path.join(folder, 'background/answers.js'), `export const TEXT = ${JSON.stringify(BEFORE + KEY)};
export const WITHOUT = ${JSON.stringify(without)};
export const WITH = ${JSON.stringify(with_)};
`);
  fs.copyFileSync(path.join(CONSTANT_WORKER, 'worker.js'), path.join(folder, 'background/worker.js'));
  return folder;
}

/** Runs in the page: adds a list of 300 choices. */
const CHOICES = `(() => {
  const list = document.createElement('select');
  list.name = 'ilce';
  for (let number = 0; number < 300; number += 1) list.add(new Option('İlçe ' + number));
  document.querySelector('form').append(list); // after the field, whose accessible name stays the same
})()`;

export async function keystrokes() {
  const own = await FormPage.open(EXTENSION);
  const folder = await constantExtension(own);
  const constant = await FormPage.open(folder);
  const both = [own, constant];
  const measure = async (before = async () => {}) => {
    const times = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      for (const [index, form] of both.entries()) {
        await form.page.bringToFront();
        await before(form);
        times[index].push(await form.key());
      }
    }
    return times;
  };
  const reference = 'the same with a worker that answers a constant';
  try {
    const warm = await measure();
    const cold = await measure((form) => form.stopWorker());
    const fromDisk = await measure(async (form) => {
      await form.stopWorker();
      form.evictFiles();
    });
    const stopped = [];
    for (let run = 0; run < RUNS; run += 1) {
      await own.page.bringToFront();
      await own.haltWorker();
      stopped.push(await own.key(() => own.stopDuringCheck()));
    }
    for (const form of both) await form.go(CHOICES);
    const choices = await measure();
    return [
      row({ name: 'keystroke-warm', reference, bound: 1.3 }, ...warm, 0.95),
      row({ name: 'keystroke-cold', reference, bound: 1.5 }, ...cold, 0.95),
      row({ name: 'keystroke-cold-from-disk', reference, bound: 1.5 }, ...fromDisk, 0.95),
      row({ name: 'keystroke-stopped-midway', reference: 'the same with a worker that was stopped before', bound: 2 }, stopped, cold[0], 0.95),
      row({ name: 'keystroke-300-choices', reference, bound: 1.3 }, ...choices, 0.95),
    ];
  } finally {
    for (const form of both) await form.browser.close();
    fs.rmSync(folder, { recursive: true });
  }
}
