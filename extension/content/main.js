// Entry of the content script, and its loop: read the page, send the snapshot to the worker, draw the answer. At most
// one request is open, and an unchanged snapshot is not sent again. It is injected before the page's own scripts run;
// it reads once the page is parsed, and draws once the page has loaded (page-life.js).
import { drawAnswer, removeAnswer, repositionAnswer } from './overlay/answer.js';
import { loadFoldedState } from './overlay/corner-panel.js';
import { installEventShield } from './overlay/event-shield.js';
import { drawReloadNotice } from './overlay/reload-notice.js';
import { followEdit } from './overlay/underlines.js';
import { onRestored, pageSettled, pageStarted } from './page-life.js';
import { isInOwnFrame } from './reading/frames.js';
import { startWatching, stopWatching } from './reading/page-changes.js';
import { pauseBeforeReading } from './reading/pause.js';
import { takeSnapshot } from './reading/snapshot.js';
import { isByUser, recordActivity } from './reading/user-activity.js';
import { acceptMessage } from '../shared/message-rules.js';

/** @typedef {import('../types/messages').Action} Action */
/** @typedef {import('../types/messages').Answer} Answer */
/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */
/** @typedef {import('../types/messages').PageSnapshot} PageSnapshot */

/** A page younger than this may still be rendering, so it does not count as unknown yet; in milliseconds. */
const RENDERING_TIME = 10_000;
const MAX_FAILURES = 3;
/** Interval of checking whether the extension was updated or removed, in milliseconds. No event reports it. */
const ORPHAN_INTERVAL = 2000;

/**
 * Identifies the open request. An abandoned one is answered, if at all, for nothing.
 * @type {object | null}
 */
let openRequest = null;
/** Whether the page changed while a request was open, and whether the user did it. */
let changedDuringRequest = false;
let userChangedDuringRequest = false;
const end = new AbortController();
let mayDraw = false;
/** When the user first saw the page, or came back to it; on the clock of `performance.now()`. */
let shownSince = 0;
let timer = 0;
let orphanTimer = 0;
/** When the timer fires, on the clock of `performance.now()`. */
let timerEnd = 0;
/** How long the last reading took, in milliseconds. */
let readingTime = 0;
let failures = 0;
/** The last request as JSON; the same snapshot is not sent twice. */
let lastRequest = '';
/** @type {Answer | null} */
let lastAnswer = null;
/** The snapshot that the last answer is for. */
let lastSnapshot = /** @type {PageSnapshot} */ ({});

/** @param {Event} [event] the user's event where there is one */
function onPageChange(event) {
  if (endIfOrphaned()) return;
  if (event && !recordActivity(event)) return;
  if (event?.type === 'input') followEdit(event.composedPath()[0]);
  const byUser = event !== undefined && isByUser(event);
  if (openRequest) {
    changedDuringRequest = true;
    userChangedDuringRequest ||= byUser;
  } else {
    schedule(byUser);
  }
}

/** @param {boolean} byUser whether the user made a change and is waiting for the answer */
function schedule(byUser) {
  const isUnknown = lastAnswer !== null && lastAnswer.page === null
    && performance.now() - shownSince > RENDERING_TIME;
  const delay = pauseBeforeReading(readingTime, byUser, isUnknown);
  if (timer !== 0 && performance.now() + delay >= timerEnd) return;
  clearTimeout(timer);
  timerEnd = performance.now() + delay;
  timer = setTimeout(check, delay);
}

async function check() {
  timer = 0;
  if (endIfOrphaned()) return;
  const start = performance.now();
  const snapshot = takeSnapshot();
  const json = JSON.stringify(snapshot);
  readingTime = performance.now() - start;
  if (json === lastRequest) {
    // The overlay may differ although the page does not: a change may have been made and undone in between.
    draw();
    return;
  }
  const request = {};
  openRequest = request;
  lastRequest = json; // before the answer arrives: events that need another request clear it
  changedDuringRequest = false;
  userChangedDuringRequest = false;
  const answer = await requestAdvice(snapshot);
  if (openRequest !== request) return;
  openRequest = null;
  if (answer) {
    lastAnswer = answer;
    lastSnapshot = snapshot;
    failures = 0;
    draw();
  } else {
    onFailure();
  }
  if (changedDuringRequest) schedule(userChangedDuringRequest);
}

/**
 * @param {PageSnapshot} snapshot
 * @returns {Promise<Answer | null>} null without an answer: a worker that is stopped during a check ends the request
 *   without one or with an error
 */
async function requestAdvice(snapshot) {
  /** @type {ExtensionMessage} */
  const message = { type: 'advise', snapshot };
  try {
    return await chrome.runtime.sendMessage(message) ?? null;
  } catch {
    return null;
  }
}

function onFailure() {
  lastRequest = '';
  if (endIfOrphaned()) return;
  failures += 1;
  if (failures < MAX_FAILURES) {
    changedDuringRequest = true;
  } else {
    // Wait for the next change. The last answer may be outdated.
    lastAnswer = null;
    removeAnswer();
  }
}

function draw() {
  if (mayDraw && !endIfOrphaned()) drawAnswer(lastAnswer, lastSnapshot, EVENTS);
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
    endIfOrphaned();
  }
}

/**
 * Stops permanently once the extension that injected this script was updated or removed: no worker can answer any more.
 * If hints are on show, they give way to the advice to reload the page.
 * @returns {boolean} whether it has stopped
 */
function endIfOrphaned() {
  if (end.signal.aborted) return true;
  if (chrome.runtime?.id !== undefined) return false;
  end.abort();
  clearTimeout(timer);
  clearInterval(orphanTimer);
  stopWatching();
  removeAnswer();
  if (mayDraw && lastAnswer?.page) drawReloadNotice(lastAnswer.texts.reload, lastAnswer.texts.fold);
  return true;
}

/** Starts anew when the page comes back from the back/forward cache: answers and changes of settings may be lost. */
function restart() {
  if (endIfOrphaned()) return;
  clearTimeout(timer);
  openRequest = null;
  lastRequest = '';
  shownSince = performance.now();
  check();
}

async function start() {
  installEventShield(); // before every listener of the page
  await pageStarted();
  // Loading the stored state usually ends before the page has loaded; if it fails, the default is drawn.
  const settled = Promise.all([pageSettled(), loadFoldedState().catch(() => {})]);
  shownSince = performance.now();
  startWatching(onPageChange, () => {
    if (!endIfOrphaned()) repositionAnswer();
  });
  orphanTimer = setInterval(endIfOrphaned, ORPHAN_INTERVAL);
  onRestored(restart, end.signal);
  chrome.runtime.onMessage.addListener((received, sender, respond) => {
    const message = acceptMessage(received, sender, 'content-script');
    if (message?.type === 'settingsChanged') {
      lastRequest = '';
      onPageChange();
    }
    // Only a frame with a known screen answers the panel, for the whole tab.
    const screen = lastAnswer?.screen;
    if (message?.type === 'getPage' && screen) respond(screen);
  });
  check(); // without a delay: nothing has been collected yet
  await settled;
  mayDraw = true;
  if (lastAnswer) draw();
}

if (isInOwnFrame()) start();
