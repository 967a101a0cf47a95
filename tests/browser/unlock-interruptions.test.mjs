// An unlock interrupted in the browser, at each prompt and at each command with a code: the worker is stopped, the host
// killed, the browser killed. Afterwards the PIN is the old or the new one, the panel shows what is known, no process is
// left, and the next unlock works. (`tests/faults` covers interruptions below the browser.)
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe, test } from 'node:test';
import { HOST, launch } from './browser.mjs';
import { insertCard } from './virtual-card.mjs';
import { until } from './until.mjs';

const OLD = 'pin=123456 pin-tries=0 puk-tries=3';
const NEW = 'pin=739164 pin-tries=3 puk-tries=3';
const ANSWERS = { PUK: ['12345678'], 'Yeni PIN': ['739164'], CONFIRM: ['yes'] };

const QUESTIONS = ['PUK', 'Yeni PIN'];
/** Instructions with a code, and on which side of them the card stops. */
const COMMANDS = [['--stop-before', '20'], ['--stop-after', '20'], ['--stop-before', '2C'], ['--stop-after', '2C']];
const POINTS = [
  ...QUESTIONS.map((label, index) => ({ name: `while “${label}” is asked for`, label, number: index + 1 })),
  ...COMMANDS.map(([option, instruction]) => ({ name: `${option.slice(7)} command ${instruction}`, option, instruction })),
];

const FAULTS = {
  async 'worker stopped'(browser, panel) {
    const session = await panel.page.context().newCDPSession(panel.page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
  },
  async 'host killed'() {
    for (const id of processes(HOST)) process.kill(id, 'SIGKILL');
  },
  // At once and for good: one that is closed in peace waits for a host that is at work.
  async 'browser killed'(browser) {
    const [main] = processes(`--user-data-dir=${browser.profile}`).filter((id) => !commandLine(id).includes('--type='));
    process.kill(main, 'SIGKILL');
  },
};

/** The processes whose command line contains a text. */
function processes(text) {
  return fs.readdirSync('/proc').filter((id) => /^\d+$/u.test(id)).map(Number)
    .filter((id) => id !== process.pid && commandLine(id).includes(text));
}

function commandLine(id) {
  try {
    return fs.readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}

async function unlock(panel) {
  await panel.press('Evet, PUK kodum var');
  await panel.press('Kilidi aç');
}

/** Where each instruction with a code comes among the commands of an unlock in the panel, counted from 1. */
async function places() {
  const [browser, card] = [await launch(), await insertCard(0, '--pin-tries', '0')];
  try {
    browser.pinentry.answerWith(ANSWERS);
    const panel = await browser.openPanel();
    await unlock(panel);
    await panel.waitForText('Kartınızın kilidi açıldı');
    const withCode = (instruction) => (line) => line.slice(2, 4) === instruction && !line.includes(' lc=0 ');
    return Object.fromEntries(['20', '2C'].map((each) => [each, card.log.findIndex(withCode(each)) + 1]));
  } finally {
    await browser.close();
    await card.remove();
  }
}

async function play(point, fault, place) {
  const stop = point.option ? [point.option, String(place[point.instruction])] : [];
  const card = await insertCard(0, '--pin-tries', '0', ...stop);
  const browser = await launch();
  try {
    const { pinentry } = browser;
    const waits = point.label && { [point.label]: ['<pause>', ...ANSWERS[point.label]] };
    pinentry.answerWith({ ...ANSWERS, ...waits, deaf: true });
    const panel = await browser.openPanel();
    await unlock(panel);
    if (point.label) {
      await until('the question', () => pinentry.input.match(/^GETPIN$/gmu)?.length === point.number);
    } else {
      await card.waitForLine('stopped');
    }
    await FAULTS[fault](browser, panel);
    card.resume();
    await until('the end of host and prompt', () => processes(HOST).length + processes(pinentry.folder).length === 0);
    // The card carries out what had reached it, whoever is gone.
    if (point.option) await until('the command', () => card.log.length >= place[point.instruction]);
    const truth = await card.readState();
    assert.ok([OLD, NEW].includes(truth), truth);
    if (point.label) assert.equal(truth, OLD, 'no code went out');
    if (fault === 'browser killed') return;
    await panel.waitForText('Son işlem yarıda kesildi');
    pinentry.answerWith(ANSWERS);
    await panel.press('Yeniden dene');
    await panel.waitForText(truth === NEW ? 'Girilebilir' : 'Kilitli');
    await panel.press(truth === NEW ? 'PIN’imi unuttum' : 'Evet, PUK kodum var');
    if (truth === NEW) await panel.press('Evet, PUK kodum var');
    await panel.press('Kilidi aç');
    await panel.waitForText('Kartınızın kilidi açıldı');
    assert.equal(await card.readState(), NEW);
  } finally {
    await browser.close();
    await card.remove();
  }
}

describe('an unlock', () => {
  let place;
  test('sends a PUK and then a new PIN', async () => {
    place = await places();
    assert.ok(place['20'] > 0 && place['2C'] > place['20'], JSON.stringify(place));
  });
  for (const fault of Object.keys(FAULTS)) {
    for (const point of POINTS) test(`${fault}, ${point.name}`, () => play(point, fault, place));
  }
});
