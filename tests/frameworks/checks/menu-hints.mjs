// Hints at the entries of a menu, each drawn at its entry.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';
import { boxOf, distance } from '../framework-page.mjs';

const NEAR = 40;

export default {
  name: 'menu hints',
  appliesTo: ({ menu }) => menu !== undefined,
  async run(framework, screen) {
    await framework.open(screen);
    for (const { text, hint: id } of screen.menu.filter(({ hint }) => hint)) {
      const hints = await framework.anchoredHints();
      const hint = hints.find((each) => each.id === id);
      assert.ok(hint, `${id} at ${text}`);
      const box = await boxOf(framework.entry(text));
      const anchor = await framework.anchorBox(hint.anchor);
      assert.ok(anchor && distance(anchor, box) === 0, `${text}: the hint is anchored to the visible entry`);
      await until(`something drawn at ${text}`, async () => (await framework.drawnParts()).some((part) => (
        !part.kind.includes('corner') && distance(part.box, box) <= NEAR
      )));
    }
  },
};
