// In a modal dialog: a fix works and does not close it, and the keyboard reaches the hint card.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';

/** The most often that Tab is pressed: more than there are controls. */
const TABS = 40;

export default {
  name: 'modal',
  appliesTo: ({ modal }) => modal === true,
  async run(framework, screen) {
    const { page, library } = framework;
    await framework.open(screen);
    const { id, wrong, right } = screen.fields.find((field) => field.wrong);
    const isOpen = async () => {
      await framework.animationsEnd();
      return page.locator(library.dialog).first().isVisible();
    };
    assert.ok(await isOpen(), 'the dialog is open at first');
    await framework.type(id, wrong.value);
    await framework.overlay.press('Tümünü düzelt');
    await framework.stateIs(id, right);
    assert.ok(await isOpen(), 'the dialog stays open');
    for (const _ of wrong.marks) await page.keyboard.press('Control+Z');
    await framework.stateIs(id, wrong.value);
    await until('the underlines', async () => (await framework.overlay.textsOf('mark')).length === wrong.marks.length);
    let reached = false;
    for (let pressed = 0; pressed < TABS && !reached; pressed += 1) {
      await page.keyboard.press('Tab');
      reached = await framework.run('overlayHasFocus()');
    }
    assert.ok(reached, 'the keyboard reaches the card');
    assert.ok(await isOpen(), 'the dialog stays open with the focus in the card');
  },
};
