// A pinentry that answers automatically: the program of tests/host, in a folder for the start of PATH.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../host/pinentry.cjs');

export class FakePinentry {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-pinentry-'));
    fs.copyFileSync(PROGRAM, path.join(this.folder, 'pinentry'));
    fs.chmodSync(path.join(this.folder, 'pinentry'), 0o755);
    this.answerWith({});
  }

  /** Sets the answers from its next start on; see tests/host/pinentry.cjs. */
  answerWith(answers) {
    fs.writeFileSync(path.join(this.folder, 'answers.json'), JSON.stringify(answers));
  }

  /** Returns everything that was sent to it. */
  get input() {
    try {
      return fs.readFileSync(path.join(this.folder, 'commands'), 'utf8').replaceAll('%0A', '\n');
    } catch {
      return '';
    }
  }

  /** Returns whether its process is running. */
  get isRunning() {
    try {
      process.kill(Number(fs.readFileSync(path.join(this.folder, 'pid'), 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  }

  /** Continues after a <pause>. */
  resume() {
    fs.writeFileSync(path.join(this.folder, 'go'), '');
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
