// What is felt in the browser, each beside a reference in the same run: writes a JSON array of rows. Run by
// `cargo xtask bench`.
import { firstHint } from './first-hint.mjs';
import { keystrokes } from './keystroke.mjs';
import { snapshots } from './snapshot.mjs';

const rows = [...await keystrokes(), ...await firstHint(), ...await snapshots()];
console.log(JSON.stringify(rows));
