// Bundles the pages of the libraries into target/frameworks/<folder>/; skips those whose inputs did not change.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIBRARIES } from './libraries.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const OUTPUT = path.resolve(HERE, '../../target/frameworks');

/** Inputs of every bundle. */
const COMMON = ['build.mjs', 'model.js', 'package-lock.json'];

/** Bundles what is missing or outdated. */
export async function buildLibraries() {
  const folders = [...new Set(LIBRARIES.map(({ folder }) => folder))];
  await Promise.all(folders.map(buildLibrary));
}

async function buildLibrary(folder) {
  const output = path.join(OUTPUT, folder);
  const record = path.join(output, 'inputs');
  const inputs = inputsOf(folder);
  if (fs.existsSync(record) && fs.readFileSync(record, 'utf8') === inputs) return;
  const entry = fs.readdirSync(path.join(HERE, folder)).find((name) => name.startsWith('main.'));
  await build({
    entryPoints: { main: path.join(HERE, folder, entry) },
    absWorkingDir: HERE,
    outdir: output,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    alias: { vue: 'vue/dist/vue.esm-bundler.js' }, // with the compiler of templates
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    loader: Object.fromEntries(['.woff', '.woff2', '.ttf', '.eot', '.svg', '.png', '.gif'].map((kind) => [kind, 'empty'])),
    logLevel: 'error',
  });
  fs.writeFileSync(record, inputs);
}

/** Returns a hash of everything that a bundle is made from. */
function inputsOf(folder) {
  const hash = createHash('sha256');
  const own = fs.readdirSync(path.join(HERE, folder)).sort().map((name) => path.join(folder, name));
  for (const file of [...COMMON, ...own]) hash.update(file).update(fs.readFileSync(path.join(HERE, file)));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildLibraries();
