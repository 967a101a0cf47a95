// A virtual card in the virtual reader.
import { execFileSync, spawn } from 'node:child_process';
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
 * @returns {Promise<{pullOut: () => Promise<void>}>} once the reader has the card; pulling it out twice is
 *   pulling it out
 */
export async function insertCard(reader, ...options) {
  const place = ['--port', String(PORT + reader)];
  const card = spawn(PROGRAM, [...options, ...place, '--held'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { card.on('exit', resolve); });
  for await (const line of readline.createInterface({ input: card.stdout })) {
    if (line === 'ready') break;
  }
  await until('the card in its reader', () => holdsCard(reader));
  const takeOut = async () => {
    card.kill();
    await ended;
    await until('the empty reader', () => !holdsCard(reader));
  };
  let out;
  return {
    pullOut() {
      out ??= takeOut();
      return out;
    },
  };
}

function holdsCard(reader) {
  try {
    const seen = execFileSync('opensc-tool', ['--list-readers'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return seen.split('\n').some((line) => line.endsWith(READERS[reader]) && line.includes('Yes'));
  } catch {
    return false;
  }
}
