// Entry of the content script, and its loop: read the page, send the snapshot to the worker, draw the answer. At most
// one request is open, and an unchanged snapshot is not sent again.
import { drawAnswer, removeAnswer, repositionAnswer } from './overlay/answer.js';
import { loadFoldedState } from './overlay/corner-panel.js';
import { installEventShield } from './overlay/event-shield.js';
import { followEdit } from './overlay/underlines.js';
import { startWatching, stopWatching } from './reading/page-changes.js';
import { takeSnapshot } from './reading/snapshot.js';
import { recordActivity } from './reading/user-activity.js';
import { LANGUAGE_KEY, POLICY_CACHE_KEY, SAVED_STATE_KEY } from '../shared/storage-keys.js';

/** @typedef {import('../types/messages').Action} Action */
/** @typedef {import('../types/messages').Answer} Answer */
/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */
/** @typedef {import('../types/messages').PageSnapshot} PageSnapshot */

/** How long changes are collected before a request, in milliseconds. */
const DELAY = 60;
/** The same on an unknown page, for changes that the user did not make. */
const DELAY_UNKNOWN = 1000;
/** A page younger than this may still be rendering, so it does not count as unknown yet; in milliseconds. */
const RENDERING_TIME = 10_000;
/** On a page that changes constantly, reading takes at most one in this many parts of the time. */
const MAX_READING_SHARE = 10;
const MAX_FAILURES = 3;

/** Keys of `storage.local` that affect the answer. */
const SETTINGS = [LANGUAGE_KEY, SAVED_STATE_KEY, POLICY_CACHE_KEY];

let isRequestOpen = false;
/** Whether the page changed while a request was open, and whether the user did it. */
let changedDuringRequest = false;
let userChangedDuringRequest = false;
let stopped = false;
let timer = 0;
/** When the timer fires, on the clock of `performance.now()`. */
let timerEnd = 0;
/** How long the last reading took, in milliseconds. */
let readingTime = 0;
let failures = 0;
/** The last request as JSON; the same snapshot is not sent twice. */
let lastRequest = '';
/** @type {Answer | null} */
let lastAnswer = null;
/** The first drawing waits for the stored state; if it cannot be loaded, the default is drawn. */
const foldedStateLoaded = loadFoldedState().catch(() => {});

/** @param {Event} [event] the user's event where there is one */
function onPageChange(event) {
  if (stopped) return;
  if (event && !recordActivity(event)) return;
  if (event?.type === 'input') followEdit(event.target);
  const byUser = event?.isTrusted === true;
  if (isRequestOpen) {
    changedDuringRequest = true;
    userChangedDuringRequest ||= byUser;
  } else {
    schedule(byUser);
  }
}

/** @param {boolean} byUser whether the user made a change and is waiting for the answer */
function schedule(byUser) {
  const isUnknown = lastAnswer !== null && lastAnswer.page === null && performance.now() > RENDERING_TIME;
  const minimum = byUser || !isUnknown ? DELAY : DELAY_UNKNOWN;
  const delay = byUser ? minimum : Math.max(minimum, MAX_READING_SHARE * readingTime);
  if (timer !== 0 && performance.now() + delay >= timerEnd) return;
  clearTimeout(timer);
  timerEnd = performance.now() + delay;
  timer = setTimeout(check, delay);
}

async function check() {
  timer = 0;
  if (isOrphaned()) {
    stop();
    return;
  }
  const start = performance.now();
  const snapshot = takeSnapshot();
  const request = JSON.stringify(snapshot);
  readingTime = performance.now() - start;
  if (request === lastRequest) {
    // The overlay may differ although the page does not: a change may have been made and undone in between.
    drawAnswer(lastAnswer, snapshot, EVENTS);
    return;
  }
  isRequestOpen = true;
  lastRequest = request; // before the answer arrives: events that need another request clear it
  changedDuringRequest = false;
  userChangedDuringRequest = false;
  await requestAdvice(snapshot);
  isRequestOpen = false;
  if (changedDuringRequest && !stopped) schedule(userChangedDuringRequest);
}

/** @param {PageSnapshot} snapshot */
async function requestAdvice(snapshot) {
  try {
    /** @type {ExtensionMessage} */
    const message = { type: 'advise', snapshot };
    /** @type {Answer | null | undefined} */
    const answer = await chrome.runtime.sendMessage(message);
    await foldedStateLoaded; // usually settled; pending only for the first answer after the browser's start
    // A worker that is stopped during a check ends the request without an answer or with an error.
    if (!answer) throw new Error('no answer');
    lastAnswer = answer;
    failures = 0;
    if (!stopped) drawAnswer(answer, snapshot, EVENTS);
  } catch {
    lastRequest = '';
    if (isOrphaned()) stop();
    failures += 1;
    if (failures < MAX_FAILURES) {
      changedDuringRequest = true;
    } else {
      // Wait for the next change. The last answer may be outdated.
      lastAnswer = null;
      removeAnswer();
    }
  }
}

/** @type {import('./overlay/answer.js').AnswerEvents} */
const EVENTS = {
  act: openPanel,
  changed: () => onPageChange(),
  outdated() {
    lastRequest = '';
    changedDuringRequest = true;
    userChangedDuringRequest = true;
  },
  rejected() {
    lastRequest = '';
  },
};

/** @param {Action} action */
async function openPanel(action) {
  /** @type {ExtensionMessage} */
  const message = { type: 'openPanel', view: action === 'open-guide' ? 'guide' : 'card' };
  try {
    await chrome.runtime.sendMessage(message);
  } catch {
    if (isOrphaned()) stop();
  }
}

/** Returns whether the extension that injected this script was reloaded or removed. */
function isOrphaned() {
  return chrome.runtime?.id === undefined;
}

/** Stops permanently, because no worker can answer any more. */
function stop() {
  stopped = true;
  clearTimeout(timer);
  stopWatching();
  removeAnswer();
}

function start() {
  installEventShield(); // before every other listener
  startWatching(onPageChange, repositionAnswer);
  chrome.storage.onChanged.addListener((changes) => {
    if (!SETTINGS.some((key) => key in changes)) return;
    lastRequest = '';
    onPageChange();
  });
  chrome.runtime.onMessage.addListener((/** @type {ExtensionMessage | null | undefined} */ message, sender, respond) => {
    // Sent by the panel. Nothing outside the extension can send messages to this listener.
    if (sender.id === chrome.runtime.id && message?.type === 'getPage') respond(lastAnswer?.screen ?? null);
  });
  check(); // without a delay: nothing has been collected yet
}

start();
