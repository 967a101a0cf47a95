// A virtual card in a virtual reader.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import readline from 'node:readline';
import { until } from './until.mjs';

/** The virtual readers: one device with two slots. */
export const READERS = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
/** The port on which the first slot waits for its card; the second slot uses the next port. */
const PORT = 35963;
const PROGRAM = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../target/debug/eimza-virtual-card');

/**
 * Inserts a card into a virtual reader.
 * @param {number} reader index into READERS
 * @param {...string} options of eimza-virtual-card
 * @returns {Promise<ControlledCard>} once the reader has detected the card
 */
export async function insertCard(reader, ...options) {
  const port = ['--port', String(PORT + reader)];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-card-'));
  const log = path.join(folder, 'apdus');
  const process = spawn(PROGRAM, [...options, ...port, '--held', '--apdu-log', log], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const card = new ControlledCard(process, reader, log);
  await card.waitForLine('ready');
  await until('the card in its reader', () => isCardPresent(reader));
  return card;
}

/** A card that is controlled through the standard input of eimza-virtual-card. */
class ControlledCard {
  #process;
  #reader;
  #log;
  #exited;
  #lines = [];
  #removed;

  constructor(process, reader, log) {
    this.#process = process;
    this.#reader = reader;
    this.#log = log;
    this.#exited = new Promise((resolve) => { process.on('exit', resolve); });
    readline.createInterface({ input: process.stdout }).on('line', (line) => this.#lines.push(line));
  }

  /** Waits for an output line with this beginning and returns it. */
  waitForLine(beginning) {
    return until(`the card’s line “${beginning}”`, () => this.#lines.find((line) => line.startsWith(beginning)));
  }

  /** Continues after a stop (`--stop-before`, `--stop-after`). */
  resume() {
    this.#process.stdin.write('go\n');
  }

  /** Returns the card's own PIN and tries left. */
  readState() {
    this.#lines = [];
    this.#process.stdin.write('tell\n');
    return this.waitForLine('pin=');
  }

  /** Returns a line for each command that the card received. */
  get log() {
    return fs.readFileSync(this.#log, 'utf8').split('\n').filter(Boolean);
  }

  /** Removes the card from its reader; may be called twice. */
  remove() {
    this.#removed ??= this.#kill();
    return this.#removed;
  }

  async #kill() {
    this.#process.kill();
    await this.#exited;
    fs.rmSync(path.dirname(this.#log), { recursive: true });
    await until('the empty reader', () => !isCardPresent(this.#reader));
  }
}

function isCardPresent(reader) {
  try {
    const output = execFileSync('opensc-tool', ['--list-readers'], {
      encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.split('\n').some((line) => line.endsWith(READERS[reader]) && line.includes('Yes'));
  } catch {
    return false;
  }
}
