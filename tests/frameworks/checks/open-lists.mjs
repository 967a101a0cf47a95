// The library's open list is not covered.
import { until } from '../../browser/until.mjs';
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
      await until(`nothing over the list of ${field.label}`, async () => {
        const boxes = await Promise.all((await framework.options().all()).map(boxOf));
        return (await framework.drawnParts()).every(({ box }) => boxes.every((option) => distance(option, box) > 0));
      });
      await framework.page.keyboard.press('Escape');
      await framework.leave();
    }
  },
};
