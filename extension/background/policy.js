// The profile that a policy lays down, for the pages: as the browser told it last. Chromium takes two seconds after its start
// to tell it (chrome.storage.managed waits for all policies), and no page waits for that, but for the very first time. A
// policy that was changed while the browser was closed is followed by pages when the browser tells it; the panel, which shows
// accounts, asks the browser itself.
import { policy } from '../module.js';

const KEY = 'policy';

/** What has been heard in this worker's life, one telling after the other. */
let heard = Promise.resolve();
let asked = false;

/** @returns {Promise<object | undefined>} when the browser tells another one, the storage's event tells of it */
export async function lastPolicy() {
  if (!asked) listen();
  const last = await stored();
  if (last !== undefined) return last ?? undefined;
  await heard;
  return await stored() ?? undefined;
}

/** @returns {Promise<object | null | undefined>} null where the browser told that there is none, undefined where it has told nothing */
const stored = async () => (await chrome.storage.local.get(KEY))[KEY];

function listen() {
  asked = true;
  heard = heard.then(hear).catch(() => { asked = false; });
}

async function hear() {
  const told = await policy() ?? null;
  if (JSON.stringify(told) !== JSON.stringify(await stored())) await chrome.storage.local.set({ [KEY]: told });
}

chrome.storage.managed?.onChanged.addListener(listen);
