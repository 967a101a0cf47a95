// OpenSC, as an independent check of the virtual card.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Returns whether the card accepts a PIN from OpenSC. */
export function openscVerifies(pin) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-opensc-'));
  const configuration = path.join(folder, 'opensc.conf');
  fs.writeFileSync(configuration, 'app default { card_drivers = default; enable_default_driver = true; }');
  try {
    execFileSync('pkcs15-tool', ['--verify-pin', '--auth-id', '01', '--pin', pin],
      { env: { ...process.env, OPENSC_CONF: configuration }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
