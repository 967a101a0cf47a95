// A choice that contradicts the procedure is reported where the user sees the choice, until another one is made.
import { until } from '../../browser/until.mjs';
import { boxOf, distance } from '../framework-page.mjs';

/** How far from the drawn field a badge or card may be, in CSS pixels. */
const NEAR = 40;

const isChoice = ({ kind, wrong }) => wrong && /select|radio|segmented/.test(kind);

export default {
  name: 'choice hints',
  appliesTo: ({ fields }) => fields.some(isChoice),
  async run(framework, screen) {
    for (const field of screen.fields.filter(isChoice)) {
      const { value, hint: id, state } = field.wrong;
      await framework.open(screen, state);
      await framework.choose(field, value);
      // A library may draw the field anew after the choice; the hint then follows it.
      const hint = await until(`${id} anchored to a visible part of ${field.label}`, async () => {
        const found = await framework.hintAt(id, field);
        const anchor = found && await framework.anchorBox(found.anchor);
        return anchor && distance(anchor, await boxOf(framework.field(field.id))) === 0 ? found : null;
      });
      await framework.field(field.id).scrollIntoViewIfNeeded(); // choosing from a long list may have scrolled the page
      await until(`something drawn at ${field.label}`, async () => {
        const box = await boxOf(framework.field(field.id));
        return (await framework.drawnParts()).some((part) => !part.kind.includes('corner')
          && (distance(part.box, box) <= NEAR || (part.text.includes(hint.text) && part.text.includes(field.label))));
      });
      await framework.choose(field, field.right);
      await until(`no ${id}`, async () => !(await framework.hintAt(id, field)));
      await until(`the hint at ${field.label} is gone`, async () => (
        (await framework.drawnParts()).every(({ text }) => !text.includes(hint.text))
      ));
    }
  },
};
