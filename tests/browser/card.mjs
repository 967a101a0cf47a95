// A virtual card in the virtual reader.
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { until } from './until.mjs';

const PROGRAM = path.resolve(import.meta.dirname, '../../target/debug/eimza-virtual-card');

/**
 * @param {...string} options of eimza-virtual-card
 * @returns {Promise<{pullOut: () => Promise<void>}>} once the reader has the card
 */
export async function insertCard(...options) {
  const card = spawn(PROGRAM, [...options, '--until-stdin-closes'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { card.on('exit', resolve); });
  for await (const line of readline.createInterface({ input: card.stdout })) {
    if (line === 'ready') break;
  }
  await until('the card in its reader', readerHoldsCard);
  return {
    async pullOut() {
      card.kill();
      await ended;
      await until('the empty reader', () => !readerHoldsCard());
    },
  };
}

function readerHoldsCard() {
  try {
    return execFileSync('opensc-tool', ['--list-readers'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes('Yes');
  } catch {
    return false;
  }
}
