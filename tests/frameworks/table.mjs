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
  const failed = results.filter(({ passed }) => !passed);
  const cell = (library, check) => {
    const isOwn = (result) => result.library === library.name && result.check === check.name;
    if (!results.some(isOwn)) return '–';
    return failed.some(isOwn) ? 'FAIL' : 'pass';
  };
  const tested = LIBRARIES.filter(({ name }) => results.some(({ library }) => library === name));
  const checks = CHECKS.filter(({ name }) => results.some(({ check }) => check === name));
  const rows = [
    ['', ...checks.map(({ name }) => name)],
    ['---', ...checks.map(() => '---')],
    ...tested.map((library) => [library.title, ...checks.map((check) => cell(library, check))]),
  ];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
  const list = failed.map(({ library, check, screen }) => `- ${library}: ${check} on \`${screen}\`\n`).join('');
  fs.mkdirSync(OUTPUT, { recursive: true });
  fs.writeFileSync(TABLE, list === '' ? table : `${table}\n${list}`);
}

/** Copies the table of the last run into docs/proof.md, between the markers. */
export function updateProof() {
  const text = fs.readFileSync(PROOF, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest.split(END);
  fs.writeFileSync(PROOF, `${before}${BEGIN}\n${fs.readFileSync(TABLE, 'utf8')}${END}${after}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) updateProof();
