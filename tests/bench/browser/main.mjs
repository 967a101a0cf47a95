// Measures the extension in a browser, each row beside a reference in the same run, and writes a JSON array of rows.
// `cargo xtask bench` runs it.
import { firstHint } from './first-hint.mjs';
import { keystrokes } from './keystrokes.mjs';
import { snapshots } from './snapshots.mjs';
import { typing } from './typing.mjs';

const rows = [...await keystrokes(), ...await firstHint(), ...await snapshots(), ...await typing()];
console.log(JSON.stringify(rows));
