// The table of libraries and checks, from the results of a run.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { OUTPUT } from './build.mjs';
import { CHECKS } from './checks/index.mjs';
import { LIBRARIES } from './libraries.mjs';

const TABLE = path.join(OUTPUT, 'table.md');
const PROOF = fileURLToPath(new URL('../../docs/proof.md', import.meta.url));
const [BEGIN, END] = ['<!-- frameworks: begin -->', '<!-- frameworks: end -->'];

/**
 * Writes the table into target/frameworks/table.md.
 * @param {{library: string, check: string, screen: string, passed: boolean}[]} results
 */
export function writeTable(results) {
  const cell = (library, check) => {
    const own = results.filter((result) => result.library === library.name && result.check === check.name);
    if (own.length === 0) return '–';
    const failed = own.filter(({ passed }) => !passed);
    return failed.length === 0 ? 'pass' : `FAIL (${failed.map(({ screen }) => screen).join(', ')})`;
  };
  const tested = LIBRARIES.filter(({ name }) => results.some(({ library }) => library === name));
  const rows = [
    ['', ...tested.map(({ title }) => title)],
    ['---', ...tested.map(() => '---')],
    ...CHECKS.map((check) => [check.name, ...tested.map((library) => cell(library, check))]),
  ];
  fs.mkdirSync(OUTPUT, { recursive: true });
  fs.writeFileSync(TABLE, rows.map((cells) => `| ${cells.join(' | ')} |\n`).join(''));
}

/** Copies the table of the last run into docs/proof.md, between the markers. */
export function updateProof() {
  const text = fs.readFileSync(PROOF, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest.split(END)[1];
  fs.writeFileSync(PROOF, `${before}${BEGIN}\n${fs.readFileSync(TABLE, 'utf8')}${END}${after}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) updateProof();
