// Lint rules for scripts, enforced by `cargo xtask test`: no circular imports, no overlong files and
// functions. ESLint 9 is the newest version that runs on Node 18.
import { createNodeResolver, importX } from 'eslint-plugin-import-x';

const SCRIPTS = ['extension/**/*.js', 'tests/**/*.mjs', 'tests/{portal,frameworks}/**/*.js', '*.config.js'];

export default [
  {
    files: SCRIPTS,
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver()] },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      'no-undef': 'off', // TypeScript checks names
    },
  },
  {
    files: SCRIPTS,
    ignores: ['**/*.test.mjs'],
    rules: {
      'max-lines': ['error', 350],
      'max-lines-per-function': ['error', 60],
    },
  },
];
