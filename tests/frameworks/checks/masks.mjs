// A mask that is not filled in is an empty field; one that is filled in is checked.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';

const isMasked = ({ kind }) => kind === 'masked';
const findings = async (framework, { label }) => (await framework.anchoredHints())
  .filter(({ severity, name, id }) => severity !== 'info' && name.includes(label) && id !== 'mandatory.empty').map(({ id }) => id);

export default {
  name: 'masks',
  appliesTo: ({ fields }) => fields.some(isMasked),
  async run(framework, screen) {
    await framework.open(screen);
    for (const field of screen.fields.filter(isMasked)) {
      await framework.input(field.id).focus();
      await framework.leave();
      assert.deepEqual(await findings(framework, field), [], 'an empty mask');
      if (field.required) {
        await framework.reachButton(screen);
        await until(`${field.label} is empty`, () => framework.hintAt('mandatory.empty', field));
      }
      await framework.typeDigits(field.id, field.right);
      await framework.leave();
      await framework.settled();
      assert.deepEqual(await findings(framework, field), [], 'a right number');
      assert.equal(await framework.hintAt('mandatory.empty', field), undefined, 'a filled mask is not empty');
      if (!field.wrong) continue;
      await framework.typeDigits(field.id, field.wrong.value);
      await framework.leave();
      await until(field.wrong.hint, async () => (await findings(framework, field)).includes(field.wrong.hint));
    }
  },
};
