// The overlay covers no control and none of its own parts, whichever field has the focus, in any window.
import assert from 'node:assert/strict';
import { covered as coveredNow } from '../../browser/covers-nothing.mjs';

/** Widths of the window in CSS pixels; 590 are 1180 at 200 %. */
const WIDTHS = [1280, 1006, 787, 590];
/** How long a page may move after a change, in milliseconds. */
const MOVING = 3000;
const SIZE = { width: 1180, height: 860 };

export default {
  name: 'covers nothing',
  appliesTo: ({ fields, menu }) => fields.length > 2 || menu,
  async run(framework, screen) {
    const { page } = framework;
    const covered = [];
    const look = async (width, at) => {
      await framework.answered(); // `coveredNow` waits until it is drawn
      // While the library still moves something, such as a dialog that opens, parts follow it.
      const end = Date.now() + MOVING;
      let found = await coveredNow(framework.run);
      while (found.length > 0 && Date.now() < end) found = await coveredNow(framework.run);
      covered.push(...found.map((each) => `${width} px, ${at}: ${each}`));
    };
    try {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: SIZE.height });
        await framework.open(screen, { role: 'family-physician', current: 'renewal' });
        if (!screen.modal) await look(width, 'no focus');
        for (const field of screen.fields.filter(({ kind }) => /text|textarea|masked|password/.test(kind))) {
          await framework.input(field.id).focus();
          if (field.wrong?.marks) await page.keyboard.insertText(field.wrong.value);
          await look(width, field.label);
        }
        if (screen.modal) continue; // the focus stays in the dialog
        await framework.leave();
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        await look(width, 'the end of the page');
      }
    } finally {
      await page.setViewportSize(SIZE);
    }
    // Each thing once, with the window and the focus where it was first seen.
    const first = new Map(covered.toReversed().map((each) => [each.split(': ')[1], each]));
    assert.deepEqual([...first.values()].toReversed(), []);
  },
};
