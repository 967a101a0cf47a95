// The library's open list is not covered.
import assert from 'node:assert/strict';
import { boxOf, distance } from '../framework-page.mjs';

const hasList = ({ kind }) => /select|combobox/.test(kind);

export default {
  name: 'open lists',
  appliesTo: ({ fields }, { opener }) => opener !== 'select' && fields.some(hasList),
  async run(framework, screen) {
    await framework.open(screen, { role: 'family-physician', current: 'renewal' });
    for (const field of screen.fields.filter(hasList)) {
      await framework.openList(field.id);
      await framework.animationsEnd();
      const boxes = await Promise.all((await framework.options().all()).map(boxOf));
      const covering = (await framework.drawnParts()).filter(({ box }) => boxes.some((option) => distance(option, box) === 0));
      assert.deepEqual(covering.map(({ kind }) => kind), [], field.label);
      await framework.page.keyboard.press('Escape');
      await framework.leave();
    }
  },
};
