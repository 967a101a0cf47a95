// The page is recognized as the screen that it is.
import assert from 'node:assert/strict';

export default {
  name: 'recognised',
  appliesTo: () => true,
  async run(framework, screen) {
    await framework.open(screen);
    assert.equal((await framework.settled()).screen, screen.screen);
  },
};
