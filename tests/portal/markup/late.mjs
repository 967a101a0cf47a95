// A single-page application (shared/late.js). The other screens of the same address are in templates.
import { html } from '../html.mjs';
import { siblings } from '../screens.mjs';
import label from './label.mjs';

/** @param {import('../screens.mjs').Screen} screen */
export default function late(screen) {
  const name = ({ ekran }) => ekran ?? 'ilk';
  const all = siblings(screen).map((each) => html`<template id="ekran-${name(each)}">${label(each, 'late')}</template>
`);
  return { first: name(screen), content: html`<p>Yükleniyor…</p>
${all}` };
}
