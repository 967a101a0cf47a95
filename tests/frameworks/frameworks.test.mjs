// Every check on every screen of every library. FRAMEWORK and CHECK restrict the run to names that contain a text.
import { after, before, describe, test } from 'node:test';
import { launch } from '../browser/browser.mjs';
import { buildLibraries } from './build.mjs';
import { CHECKS } from './checks/index.mjs';
import { FrameworkPage } from './framework-page.mjs';
import { LIBRARIES } from './libraries.mjs';
import { SCREENS } from './screens.mjs';
import { startServer } from './server.mjs';
import { writeTable } from './table.mjs';

const { FRAMEWORK = '', CHECK = '' } = process.env;
const results = [];

/** The time for a check on a screen, in milliseconds: many times what it takes. */
const LIMIT = 60_000;

describe('component libraries', { concurrency: 2 }, () => {
  let built;
  const libraries = LIBRARIES.filter(({ name }) => name.includes(FRAMEWORK));
  for (const library of libraries) {
    describe(library.name, { concurrency: 1 }, () => {
      let browser;
      let framework;
      before(async () => {
        built ??= buildLibraries();
        await built;
        browser = await launch({ host: null, serve: startServer });
        framework = await FrameworkPage.create(browser, library);
      });
      after(() => browser?.close());
      for (const check of CHECKS.filter(({ name }) => name.includes(CHECK))) {
        for (const screen of SCREENS.filter((each) => check.appliesTo(each, library))) {
          test(`${check.name}: ${screen.id}`, async () => {
            const result = { library: library.name, check: check.name, screen: screen.id, passed: false };
            results.push(result);
            if (framework.isFrozen) framework = await FrameworkPage.create(browser, library);
            await withinTime(framework, check.run(framework, screen));
            result.passed = true;
          });
        }
      }
    });
  }
});

/** Fails a check that does not end, and closes its page: it is frozen, or the library waits forever. */
async function withinTime(framework, run) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      framework.abandon();
      reject(new Error(`not done within ${LIMIT / 1000} s`));
    }, LIMIT);
  });
  try {
    await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
  }
}

after(() => writeTable(results));
