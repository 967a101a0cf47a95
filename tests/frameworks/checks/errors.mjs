// The page reports no error that it does not report without the extension.
import assert from 'node:assert/strict';
import { FOREIGN_HOST } from '../screens.mjs';

async function use(framework, screen) {
  for (const field of screen.fields) await framework.fill(field);
  await framework.leave();
}

export default {
  name: 'no errors',
  appliesTo: ({ fields, modal, menu }) => fields.length > 8 || modal || menu !== undefined, // one screen with each part
  async run(framework, screen) {
    framework.takeErrors();
    await framework.openWithoutExtension(screen, FOREIGN_HOST);
    await use(framework, screen);
    const known = new Set(framework.takeErrors());
    await framework.open(screen);
    await use(framework, screen);
    await framework.settled();
    assert.deepEqual(framework.takeErrors().filter((error) => !known.has(error)), []);
  },
};
