// At the button, mandatory fields that are empty are named, and no others: neither chosen lists nor filled masks.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';
import { plainLabel } from '../framework-page.mjs';

const MISSING = 'mandatory.empty';

async function missing(framework) {
  return (await framework.anchoredHints()).filter(({ id }) => id === MISSING).map(({ name }) => plainLabel(name)).sort();
}

export default {
  name: 'mandatory',
  appliesTo: ({ fields, modal }) => !modal && fields.some(({ required, secret, value }) => required && !secret && !value),
  async run(framework, screen) {
    await framework.open(screen);
    const expected = screen.fields.filter(({ required, secret, value }) => required && !secret && !value).map(({ label }) => label).sort();
    await framework.reachButton(screen);
    await until('a list of empty fields', async () => (await missing(framework)).length > 0);
    assert.deepEqual(await missing(framework), expected);
    for (const field of screen.fields) await framework.fill(field);
    await framework.reachButton(screen);
    await framework.settled();
    assert.deepEqual(await missing(framework), []);
  },
};
