// A virtual card in the virtual reader.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { until } from './until.mjs';

/** The virtual readers, which stand for one with two slots. */
export const READERS = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];
const PORT = 35963; // behind which the first of them takes a card
const PROGRAM = path.resolve(import.meta.dirname, '../../target/debug/eimza-virtual-card');

/**
 * @param {number} reader its place in READERS
 * @param {...string} options of eimza-virtual-card
 * @returns {Promise<HeldCard>} once the reader has the card
 */
export async function insertCard(reader, ...options) {
  const place = ['--port', String(PORT + reader)];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-card-'));
  const log = path.join(folder, 'apdus');
  const process = spawn(PROGRAM, [...options, ...place, '--held', '--apdu-log', log], { stdio: ['pipe', 'pipe', 'inherit'] });
  const card = new HeldCard(process, reader, log);
  await card.says('ready');
  await until('the card in its reader', () => holdsCard(reader));
  return card;
}

/** A card that obeys the lines of eimza-virtual-card. */
class HeldCard {
  #process;
  #reader;
  #log;
  #ended;
  #said = [];
  #out;

  constructor(process, reader, log) {
    this.#process = process;
    this.#reader = reader;
    this.#log = log;
    this.#ended = new Promise((resolve) => { process.on('exit', resolve); });
    readline.createInterface({ input: process.stdout }).on('line', (line) => this.#said.push(line));
  }

  /** Waits until it says a line that begins like this. */
  says(beginning) {
    return until(`the card saying “${beginning}”`, () => this.#said.find((line) => line.startsWith(beginning)));
  }

  /** Lets it go on from where it has stopped. */
  goOn() {
    this.#process.stdin.write('go\n');
  }

  /** PIN and tries left, as the card itself knows them. */
  confess() {
    this.#said = [];
    this.#process.stdin.write('tell\n');
    return this.says('pin=');
  }

  /** A line for each command that it got. */
  get log() {
    return fs.readFileSync(this.#log, 'utf8').split('\n').filter(Boolean);
  }

  /** Pulling it out twice is pulling it out. */
  pullOut() {
    this.#out ??= this.#takeOut();
    return this.#out;
  }

  async #takeOut() {
    this.#process.kill();
    await this.#ended;
    fs.rmSync(path.dirname(this.#log), { recursive: true });
    await until('the empty reader', () => !holdsCard(this.#reader));
  }
}

function holdsCard(reader) {
  try {
    const seen = execFileSync('opensc-tool', ['--list-readers'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return seen.split('\n').some((line) => line.endsWith(READERS[reader]) && line.includes('Yes'));
  } catch {
    return false;
  }
}
