// In a modal dialog: a fix works and does not close it, and the keyboard reaches the hint card.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';

/** How often Tab is pressed: more than there are controls. */
const TABS = 12;

/** Leads from a field into its card. */
const CARD_KEY = 'Control+.';

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
    const underlines = () => until('the underlines', async () => (await framework.overlay.textsOf('mark')).length === wrong.marks.length);
    await framework.type(id, wrong.value);
    await underlines(); // before that, fewer findings are known
    await framework.pressInCard('Tümünü düzelt');
    await framework.stateIs(id, right);
    assert.ok(await isOpen(), 'the dialog stays open');
    for (const _ of wrong.marks) await page.keyboard.press('Control+Z');
    await framework.stateIs(id, wrong.value);
    await underlines();
    for (let pressed = 0; pressed < TABS; pressed += 1) await page.keyboard.press('Tab');
    assert.ok(await isOpen(), 'the dialog stays open while Tab goes round in it');
    await framework.input(id).focus();
    await page.keyboard.press(CARD_KEY);
    await until('the focus in the card', () => framework.run('overlayHasFocus()'));
    assert.ok(await isOpen(), 'the dialog stays open with the focus in the card');
  },
};
