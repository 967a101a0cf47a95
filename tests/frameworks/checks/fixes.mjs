// A fix reaches the values that the library holds; so does undoing it.
import { until } from '../../browser/until.mjs';

const isUnderlined = ({ wrong }) => wrong?.marks;

export default {
  name: 'fixes',
  appliesTo: ({ fields, modal }) => !modal && fields.some(isUnderlined),
  async run(framework, screen) {
    await framework.open(screen);
    for (const { id, wrong, right } of screen.fields.filter(isUnderlined)) {
      await framework.type(id, wrong.value);
      await framework.stateIs(id, wrong.value);
      await framework.pressInCard('Tümünü düzelt');
      await framework.stateIs(id, right);
      await until('no underline', async () => (await framework.overlay.textsOf('mark')).length === 0);
      for (const _ of wrong.marks) await framework.page.keyboard.press('Control+Z');
      await framework.stateIs(id, wrong.value);
    }
  },
};
