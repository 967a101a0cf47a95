// Measures the extension in a browser, each row beside a reference in the same run, and writes a JSON array of rows.
// `cargo xtask bench` runs it.
import { firstHint } from './first-hint.mjs';
import { keystrokes } from './keystrokes.mjs';
import { snapshots } from './snapshots.mjs';

const rows = [...await keystrokes(), ...await firstHint(), ...await snapshots()];
console.log(JSON.stringify(rows));
