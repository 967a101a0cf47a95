// Each underline lies under its words, by the browser's own hit testing.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';

const isUnderlined = ({ wrong }) => wrong?.marks;

export default {
  name: 'underlines',
  appliesTo: ({ fields }) => fields.some(isUnderlined),
  async run(framework, screen) {
    await framework.open(screen);
    for (const { id, wrong } of screen.fields.filter(isUnderlined)) {
      await framework.type(id, wrong.value);
      await framework.overlay.waitForCount(wrong.marks.length, 'mark');
      assert.deepEqual(await framework.overlay.textsOf('mark'), wrong.marks);
      for (const [index, word] of wrong.marks.entries()) {
        const start = wrong.value.indexOf(word);
        const expected = JSON.stringify([start, start + word.length]);
        await until(`the underline under ${word}`, async () => {
          const { left, right, middle } = await framework.overlay.box('mark', index);
          const at = (x) => framework.page.evaluate(([px, py]) => document.caretPositionFromPoint(px, py)?.offset, [x, middle]);
          return JSON.stringify([await at(left + 1), await at(right - 1)]) === expected;
        });
      }
    }
  },
};
