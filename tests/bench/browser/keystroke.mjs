// From a key that completes an abbreviation to the line under it: with a worker that runs, with one that was stopped, with one
// whose files have to come from the disk as well, with one that is stopped in the middle of the check, and on a page with a
// list of 300 choices.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EXTENSION, PANEL, launch } from '../../browser/browser.mjs';
import { contentScriptOf } from '../../browser/content-script.mjs';
import { RUNS, row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const BEFORE = 'Gül So';
const KEY = 'k';
/** Until the answer to a text that was taken back is there, in milliseconds: else the next key finds the one before. */
const REST = 300;
const CONSTANT = path.join(import.meta.dirname, 'constant');

/** What the content script is asked to measure: from the event of the key to the frame that shows the line. */
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

/** Tells when the content script has put its next question. */
const ASKED = `globalThis.asked = new Promise((resolve) => {
  const { sendMessage } = chrome.runtime;
  chrome.runtime.sendMessage = (message) => {
    if (message.type !== 'advise') return sendMessage(message);
    chrome.runtime.sendMessage = sendMessage;
    resolve();
    return sendMessage(message);
  };
}); true`;

/** A browser with an extension, on the form, ready to be typed into. */
class Stage {
  static async open(extension) {
    const stage = new Stage();
    stage.extension = extension;
    // Only ours opens a page of its own at first.
    stage.browser = await launch({ extension, welcome: extension !== EXTENSION });
    stage.page = stage.browser.context.pages()[0];
    await stage.go();
    return stage;
  }

  async go(script = '') {
    await this.page.goto(FORM);
    await this.page.evaluate(script);
    this.run = await contentScriptOf(this.page);
    this.field = this.page.locator('[name=adres]');
    await this.field.pressSequentially(BEFORE);
  }

  /**
   * Presses the key that completes the abbreviation, and takes it back.
   * @param {() => Promise<void>} [meanwhile] what happens before it is drawn
   */
  async key(meanwhile = async () => {}) {
    await this.run(WATCH);
    await this.page.keyboard.press(KEY);
    await meanwhile();
    const took = await this.run('drawn');
    await this.page.keyboard.press('Backspace');
    await new Promise((resume) => { setTimeout(resume, REST); });
    return took;
  }

  /** Stops the worker, as the browser does when it has had nothing to do for half a minute, and waits until it has. */
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

  /** Has the extension's files read from the disk the next time, as after a start of the computer. */
  forgetFiles() {
    const files = fs.readdirSync(this.extension, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) {
      execFileSync('dd', [`if=${path.join(parentPath, name)}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
    }
  }

  /** Has the worker stop short in the middle of the next check, where it asks for what is stored. */
  async haltWorker() {
    await this.run(ASKED);
    await (await this.browser.worker()).evaluate(() => { chrome.storage.local.get = () => new Promise(() => {}); });
  }

  /** Stops the worker once it has been asked. */
  async stopAsked() {
    await this.run('asked');
    await this.stopWorker();
  }

  /** A page of the extension: only from there its worker is seen. */
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

/** The product with a worker that answers what ours answered, without looking. */
async function constantExtension(stage) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-constant-'));
  fs.cpSync(EXTENSION, folder, { recursive: true });
  const ask = () => stage.run('chrome.runtime.sendMessage({ type: "advise", snapshot: takeSnapshot() })');
  const without = await ask();
  await stage.page.keyboard.press(KEY);
  const with_ = await ask();
  await stage.page.keyboard.press('Backspace');
  fs.writeFileSync(path.join(folder, 'background/answers.js'), `export const TEXT = ${JSON.stringify(BEFORE + KEY)};
export const WITHOUT = ${JSON.stringify(without)};
export const WITH = ${JSON.stringify(with_)};
`);
  fs.copyFileSync(path.join(CONSTANT, 'worker.js'), path.join(folder, 'background/worker.js'));
  return folder;
}

/** So many choices in a list beside the field. */
const CHOICES = `(() => {
  const list = document.createElement('select');
  list.name = 'ilce';
  for (let number = 0; number < 300; number += 1) list.add(new Option('İlçe ' + number));
  document.querySelector('form').append(list); // behind the field, whose name stays
})()`;

export async function keystrokes() {
  const own = await Stage.open(EXTENSION);
  const folder = await constantExtension(own);
  const constant = await Stage.open(folder);
  const both = [own, constant];
  const measure = async (before = async () => {}) => {
    const times = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      for (const [index, stage] of both.entries()) {
        await stage.page.bringToFront();
        await before(stage);
        times[index].push(await stage.key());
      }
    }
    return times;
  };
  const reference = 'the same with a worker that answers a constant';
  try {
    const warm = await measure();
    const cold = await measure((stage) => stage.stopWorker());
    const fromDisk = await measure(async (stage) => {
      await stage.stopWorker();
      stage.forgetFiles();
    });
    const stopped = [];
    for (let run = 0; run < RUNS; run += 1) {
      await own.page.bringToFront();
      await own.haltWorker();
      stopped.push(await own.key(() => own.stopAsked()));
    }
    for (const stage of both) await stage.go(CHOICES);
    const choices = await measure();
    return [
      row({ name: 'keystroke-warm', reference, bound: 1.3 }, ...warm, 0.95),
      row({ name: 'keystroke-cold', reference, bound: 1.5 }, ...cold, 0.95),
      row({ name: 'keystroke-cold-from-disk', reference, bound: 1.5 }, ...fromDisk, 0.95),
      row({ name: 'keystroke-stopped-midway', reference: 'the same with a worker that was stopped before', bound: 2 }, stopped, cold[0], 0.95),
      row({ name: 'keystroke-300-choices', reference, bound: 1.3 }, ...choices, 0.95),
    ];
  } finally {
    for (const stage of both) await stage.browser.close();
    fs.rmSync(folder, { recursive: true });
  }
}
