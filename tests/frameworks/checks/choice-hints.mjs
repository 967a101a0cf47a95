// A choice that contradicts the procedure is reported where the user sees the choice, until another one is made.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';
import { boxOf, distance } from '../framework-page.mjs';

/** How far from the drawn field a badge or card may be, in CSS pixels. */
const NEAR = 40;

const isChoice = ({ kind, wrong }) => wrong && /select|radio|segmented/.test(kind);

export default {
  name: 'choice hints',
  appliesTo: ({ fields }) => fields.some(isChoice),
  async run(framework, screen) {
    for (const field of screen.fields.filter(isChoice)) {
      const { value, hint: id, state } = field.wrong;
      await framework.open(screen, state);
      await framework.choose(field, value);
      const hint = await until(`${id} at ${field.label}`, () => framework.hintAt(id, field));
      const box = await boxOf(framework.field(field.id));
      const anchor = await framework.anchorBox(hint.anchor);
      assert.ok(anchor && distance(anchor, box) === 0, `${field.label}: the hint is anchored to a visible part of the field`);
      await framework.field(field.id).scrollIntoViewIfNeeded(); // choosing from a long list may have scrolled the page
      await until(`something drawn at ${field.label}`, async () => (await framework.drawnParts()).some((part) => (
        part.kind.includes('corner') ? false : distance(part.box, box) <= NEAR || (part.text.includes(hint.text) && part.text.includes(field.label))
      )));
      await framework.choose(field, field.right);
      await until(`no ${id}`, async () => !(await framework.hintAt(id, field)));
      await until(`the hint at ${field.label} is gone`, async () => (
        (await framework.drawnParts()).every(({ text }) => !text.includes(hint.text))
      ));
    }
  },
};
