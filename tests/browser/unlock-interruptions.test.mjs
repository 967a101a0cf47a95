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

const PROMPTS = ['PUK', 'Yeni PIN'];
/** Where the card stops: before or after each instruction with a code. */
const COMMANDS = [['--stop-before', '20'], ['--stop-after', '20'], ['--stop-before', '2C'], ['--stop-after', '2C']];
const POINTS = [
  ...PROMPTS.map((label, index) => ({ name: `at the prompt for “${label}”`, label, number: index + 1 })),
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
  // With SIGKILL: a browser that is closed normally waits for a host with a pending operation.
  async 'browser killed'(browser) {
    const [main] = processes(`--user-data-dir=${browser.profile}`).filter((id) => !commandLine(id).includes('--type='));
    process.kill(main, 'SIGKILL');
  },
};

/** Returns the processes whose command line contains a text. */
function processes(text) {
  return fs.readdirSync('/proc').filter((id) => /^\d+$/u.test(id)).map(Number)
    .filter((id) => id !== process.pid && commandLine(id).includes(text));
}

function commandLine(id) {
  try {
    return fs.readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return ''; // the process has exited
  }
}

async function unlock(panel) {
  await panel.press('Kilidi çöz');
  await panel.press('Evet, kilidi çöz');
}

/** Returns the positions, from 1, of the instructions with a code among the commands of an unlock. */
async function commandPositions() {
  const [browser, card] = [await launch(), await insertCard(0, '--pin-tries', '0')];
  try {
    browser.pinentry.answerWith(ANSWERS);
    const panel = await browser.openPanel();
    await unlock(panel);
    await panel.waitForText('Kartınızın kilidi çözüldü');
    const withCode = (instruction) => (line) => line.slice(2, 4) === instruction && !line.includes(' lc=0 ');
    return Object.fromEntries(['20', '2C'].map((each) => [each, card.log.findIndex(withCode(each)) + 1]));
  } finally {
    await browser.close();
    await card.remove();
  }
}

async function interruptUnlock(point, fault, positions) {
  const stop = point.option ? [point.option, String(positions[point.instruction])] : [];
  const card = await insertCard(0, '--pin-tries', '0', ...stop);
  const browser = await launch();
  try {
    const { pinentry } = browser;
    const waits = point.label && { [point.label]: ['<pause>', ...ANSWERS[point.label]] };
    pinentry.answerWith({ ...ANSWERS, ...waits, deaf: true });
    const panel = await browser.openPanel();
    await unlock(panel);
    if (point.label) {
      await until('the prompt', () => pinentry.input.match(/^GETPIN$/gmu)?.length === point.number);
    } else {
      await card.waitForLine('stopped');
    }
    await FAULTS[fault](browser, panel);
    card.resume();
    await until('the end of host and prompt', () => processes(HOST).length + processes(pinentry.folder).length === 0);
    // The card executes a command that it has received, even if the sender is gone.
    if (point.option) await until('the command', () => card.log.length >= positions[point.instruction]);
    const state = await card.readState();
    assert.ok([OLD, NEW].includes(state), state);
    if (point.label) assert.equal(state, OLD, 'no code was sent');
    if (fault === 'browser killed') return;
    await panel.waitForText('Son işlem yarıda kaldı');
    pinentry.answerWith(ANSWERS);
    await panel.press('Yeniden dene');
    await panel.waitForText(state === NEW ? 'Kullanılabilir' : 'Kilitli');
    await panel.press(state === NEW ? 'PIN’imi unuttum' : 'Kilidi çöz');
    await panel.press('Evet, kilidi çöz');
    await panel.waitForText('Kartınızın kilidi çözüldü');
    assert.equal(await card.readState(), NEW);
  } finally {
    await browser.close();
    await card.remove();
  }
}

describe('an unlock', () => {
  let positions;
  test('sends a PUK and then a new PIN', async () => {
    positions = await commandPositions();
    assert.ok(positions['20'] > 0 && positions['2C'] > positions['20'], JSON.stringify(positions));
  });
  for (const fault of Object.keys(FAULTS)) {
    for (const point of POINTS) test(`${fault}, ${point.name}`, () => interruptUnlock(point, fault, positions));
  }
});
