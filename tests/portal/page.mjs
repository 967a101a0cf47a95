// Renders a screen in a markup as a complete page.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { html, raw } from './html.mjs';
import label from './markup/label.mjs';
import late from './markup/late.mjs';
import placeholder from './markup/placeholder.mjs';
import singleLine from './markup/single-line.mjs';
import table from './markup/table.mjs';
import text from './markup/text.mjs';

const shared = (name) => raw(fs.readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), 'shared', name), 'utf8'));
const STYLE = shared('style.css');
const LOG = shared('log.js');
const LATE = shared('late.js');

/** Markups by the value of `?duzen=`; "csp" is "label" under a strict content security policy. */
const MARKUPS = { label, table, placeholder, text, late, 'single-line': singleLine, csp: label };

/** The markups in which every screen must be recognized. */
export const ALL_MARKUPS = ['label', 'table', 'placeholder', 'text', 'late'];

/**
 * Returns a screen as a complete page.
 * @param {import('./screens.mjs').Screen} screen
 * @param {string} [markup]
 * @returns {string | undefined} undefined where there is no such markup
 */
export function pageOf(screen, markup = screen.markup ?? 'label') {
  if (!Object.hasOwn(MARKUPS, markup)) return undefined;
  const drawn = MARKUPS[markup](screen);
  const isLate = markup === 'late';
  const scripts = markup !== 'csp' && html`<script>${LOG}</script>${isLate && html`<script>${LATE}</script>`}`;
  return shell(screen.title, isLate ? drawn.content : drawn, scripts, isLate && html` data-first="${drawn.first}"`);
}

/** Returns the page for unknown addresses. */
export const notFound = () => shell('Sayfa bulunamadı', html`<h1>Sayfa bulunamadı</h1>`);

function shell(title, content, scripts, first) {
  return String(html`<!DOCTYPE html>
<html lang="tr">
<head>
<title>${title}</title>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
${STYLE}</style>
</head>
<body>
<header>Kamu Sertifikasyon Merkezi<small>TÜBİTAK BİLGEM</small></header>
<main${first}>
${content}
</main>
<p class="not">Deneme sayfası: etiketler kılavuzlardan, düzeni yeniden kurulmuştur</p>
${scripts}
</body>
</html>
`);
}
