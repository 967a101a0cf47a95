// A wrong text is reported at its field, a right one is not.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';

const isText = ({ kind, wrong }) => wrong && /text|textarea/.test(kind);

export default {
  name: 'text hints',
  appliesTo: ({ fields }) => fields.some(isText),
  async run(framework, screen) {
    await framework.open(screen);
    for (const field of screen.fields.filter(isText)) {
      await framework.type(field.id, field.wrong.value);
      await framework.leave();
      await until(`${field.wrong.hint} at ${field.label}`, () => framework.hintAt(field.wrong.hint, field));
      await framework.type(field.id, field.right);
      await framework.leave();
      await until(`no finding at ${field.label}`, async () => !(await framework.hintAt(field.wrong.hint, field)));
    }
    const rest = (await framework.anchoredHints()).filter(({ severity }) => severity !== 'info');
    assert.deepEqual(rest.map(({ id, name }) => `${id} at ${name}`), []);
  },
};
