// Hints at the entries of a menu, each drawn at its entry.
import { until } from '../../browser/until.mjs';
import { boxOf, distance } from '../framework-page.mjs';

const NEAR = 40;

export default {
  name: 'menu hints',
  appliesTo: ({ menu }) => menu !== undefined,
  async run(framework, screen) {
    await framework.open(screen);
    for (const { text, hint: id } of screen.menu.filter(({ hint }) => hint)) {
      await until(`${id} anchored to the visible entry ${text}`, async () => {
        const hint = (await framework.anchoredHints()).find((each) => each.id === id);
        const anchor = hint && await framework.anchorBox(hint.anchor);
        return anchor && distance(anchor, await boxOf(framework.entry(text))) === 0;
      });
      await until(`something drawn at ${text}`, async () => {
        const box = await boxOf(framework.entry(text));
        return (await framework.drawnParts()).some((part) => !part.kind.includes('corner') && distance(part.box, box) <= NEAR);
      });
    }
  },
};
