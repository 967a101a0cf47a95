// A native host that reports what a test says, for states that no virtual card shows.
import fs from 'node:fs';
import path from 'node:path';

const PROGRAM = `#!/usr/bin/env node
// The script is read at each start and whenever it changes.
const fs = require('node:fs');
const SCRIPT = process.argv[1] + '.json';
const send = (message) => {
  const text = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  process.stdout.write(Buffer.concat([length, text]));
};
const script = () => JSON.parse(fs.readFileSync(SCRIPT, 'utf8'));
const { protocol = 1, silent, exits } = script();
if (exits) process.exit(3);
if (!silent) send({ hello: { protocol, version: '9.9.9' } });
let input = Buffer.alloc(0);
process.stdin.on('data', (data) => {
  input = Buffer.concat([input, data]);
  while (input.length >= 4 && input.length >= 4 + input.readUInt32LE(0)) {
    const end = 4 + input.readUInt32LE(0);
    answer(JSON.parse(input.subarray(4, end).toString()));
    input = input.subarray(end);
  }
});
process.stdin.on('end', () => process.exit(0));
// A card that was unlocked stays so until the script changes.
let unlocked;
const current = (readers) => readers?.map(({ name, card, ...rest }) => ({
  ...rest, name, ...card && { card: name === unlocked ? { ...card, pin: { state: 'usable' } } : card },
}));
function answer({ id, command }) {
  const { lost, answers = {}, ...rest } = script();
  const readers = current(rest.readers);
  if (command in answers) {
    if (answers[command] !== null) send({ id, ...answers[command] });
    unlocked = answers[command]?.result?.unlocked?.reader;
  } else if (command === 'watch') {
    send({ id, result: 'watching' });
    send(lost ? { event: 'lost', error: lost } : { event: 'readers', readers });
  } else if (command === 'status') {
    send(lost ? { id, error: lost } : { id, result: { status: { readers } } });
  }
}
fs.watchFile(SCRIPT, { interval: 50 }, () => {
  unlocked = undefined;
  const { readers, lost } = script();
  send(lost ? { event: 'lost', error: lost } : { event: 'readers', readers });
});
`;

/**
 * @typedef {object} Script
 * @property {object[]} [readers] what it reports
 * @property {object} [lost] why there are no readers
 * @property {Record<string, object | null>} [answers] its answers to commands without their ids; null for none
 * @property {number} [protocol] the version of its hello
 * @property {boolean} [silent] it says nothing at all
 * @property {boolean} [exits] it exits at once
 */

/** A host that reports what its script says. */
export class ScriptedHost {
  #file;

  /**
   * @param {string} folder an existing folder for its files
   * @param {Script} script
   */
  constructor(folder, script) {
    this.#file = path.join(folder, 'scripted-host');
    this.report(script);
    fs.writeFileSync(this.#file, PROGRAM, { mode: 0o755 });
  }

  /** Changes to the host manifest that start this host. */
  get manifest() {
    return { path: this.#file };
  }

  /**
   * Changes what it reports; a running host reports it at once.
   * @param {Script} script
   */
  report(script) {
    fs.writeFileSync(`${this.#file}.json.new`, JSON.stringify(script));
    fs.renameSync(`${this.#file}.json.new`, `${this.#file}.json`);
  }
}

const DAY = 86_400;

/**
 * Returns a reader with a card, as the host reports it.
 * @param {object} [changes]
 * @param {number | null} [changes.days] until the certificate ends; null for a card without certificate
 * @param {object} [changes.card] replaces parts of the card
 */
export function readerWithCard({ days = 400, card = {} } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const certificate = {
    holder: 'ÖRNEK İMZA SAHİBİ ĞÜŞIÇ', serial: '4B414D55', issuer: 'Deneme Sertifika Hizmet Sağlayıcısı',
    from: now - 700 * DAY, until: now + (days ?? 0) * DAY,
  };
  return {
    name: 'ACS ACR39U ICC Reader 00 00',
    card: {
      family: 'AKİS 2.x', pin: { state: 'usable', tries: 3 }, puk: { state: 'usable', tries: 3 }, codes_from: 'card',
      changeable: { pin: true, puk: true }, certificates: days === null ? [] : [certificate], ...card,
    },
  };
}
