// What is typed into secret fields is in no message to the worker, whether the library shows or hides it.
import assert from 'node:assert/strict';
import { until } from '../../browser/until.mjs';
import { recordWorkerMessages } from '../../browser/worker-messages.mjs';

export default {
  name: 'secrets',
  appliesTo: ({ fields }) => fields.some(({ secret }) => secret),
  async run(framework, screen) {
    const { page, browser, library } = framework;
    const messages = await recordWorkerMessages(browser);
    await framework.open(screen);
    for (const { id, right, suffix } of screen.fields.filter(({ secret }) => secret)) {
      await framework.type(id, right);
      await framework.settled();
      if (suffix !== 'reveal') continue;
      await framework.field(id).locator(library.reveal).first().dispatchEvent('click');
      await until('the shown password', async () => await framework.input(id).getAttribute('type') === 'text');
      await framework.input(id).focus();
      await page.keyboard.press('End');
      await page.keyboard.type('9');
      await framework.settled();
    }
    await page.evaluate(() => document.body.append('son metin'));
    await until('a request after the last key', async () => (await messages()).some(({ snapshot }) => snapshot?.texts?.some((text) => text.endsWith('son metin'))));
    const sent = JSON.stringify(await messages());
    for (const { right, label } of screen.fields.filter(({ secret }) => secret)) {
      assert.ok(!sent.includes(right.slice(0, 4)), label);
    }
  },
};
