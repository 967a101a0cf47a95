// The profile that a policy lays down, for the pages: as the browser told it last. Chromium takes two seconds after its start
// to tell it (chrome.storage.managed waits for all policies), and no page waits for that. The panel, where money is spoken
// of, asks the browser itself.
import { policy } from '../module.js';

const KEY = 'policy';

/** @type {Promise<void> | undefined} once in a worker's life */
let heard;

/** @returns {Promise<object | undefined>} at once; when the browser tells another one, the storage's event tells of it */
export async function lastPolicy() {
  heard ??= hear();
  return (await chrome.storage.local.get(KEY))[KEY];
}

async function hear() {
  const told = await policy();
  const { [KEY]: last } = await chrome.storage.local.get(KEY);
  if (JSON.stringify(told) === JSON.stringify(last)) return;
  await (told === undefined ? chrome.storage.local.remove(KEY) : chrome.storage.local.set({ [KEY]: told }));
}

chrome.storage.managed?.onChanged.addListener(() => { heard = hear(); });
