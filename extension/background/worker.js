// The service worker: dispatches messages by sender. Keeps no state, because the browser may stop it at any time.
import { bindPanelToToolbarButton, openPanel } from '#platform';
import { isContentScript, isOwnPage } from '../shared/senders.js';
import { requestView } from '../shared/view-request.js';
import { relayToHost } from './native-host.js';
import { pageAdvice } from './page-advice.js';
import { saveChange, saveVisit } from './saved-state.js';
import './open-tabs.js';
import './welcome-page.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */
/** @typedef {import('../types/messages').PageSnapshot} PageSnapshot */

chrome.runtime.onMessage.addListener((/** @type {ExtensionMessage | null | undefined} */ message, sender, respond) => {
  if (isContentScript(sender)) return handleContentScript(message, sender, respond);
  if (isOwnPage(sender)) return handleOwnPage(message, respond);
  return false;
});

/**
 * Handles a message from a content script.
 * @param {ExtensionMessage | null | undefined} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {(answer: unknown) => void} respond
 * @returns {boolean} whether the answer comes later
 */
function handleContentScript(message, sender, respond) {
  const { id: tab, windowId } = sender.tab ?? {};
  if (tab === undefined || windowId === undefined) return false;
  switch (message?.type) {
    case 'advise':
      answerPage(message.snapshot, sender.origin, tab, respond);
      return true;
    case 'openPanel':
      openPanelFor({ id: tab, windowId }, message.view === 'guide' ? 'guide' : 'card');
      return false;
    default:
      return false;
  }
}

/**
 * Opens the panel for a tab, and requests a view from it.
 * @param {{id: number, windowId: number}} tab
 * @param {import('../types/messages').RequestedView} view
 */
async function openPanelFor(tab, view) {
  const window = await openPanel(tab); // before any other await: requires the user's action
  requestView(view, window, tab.id);
}

/**
 * Answers a snapshot, then records the visit. The answer is null, which draws nothing, for a snapshot that is
 * malformed or claims another origin.
 * @param {PageSnapshot} snapshot
 * @param {string | undefined} origin
 * @param {number} tab
 * @param {(answer: unknown) => void} respond
 */
async function answerPage(snapshot, origin, tab, respond) {
  let answer;
  try {
    answer = await pageAdvice(snapshot, origin);
  } catch {
    respond(null);
    return;
  }
  respond(answer);
  if (answer.visit) saveVisit(answer.visit);
  notifyPanel(tab, answer.screen);
}

/**
 * Handles a message from an extension page.
 * @param {ExtensionMessage | null | undefined} message
 * @param {(answer: unknown) => void} respond
 * @returns {boolean} whether the answer comes later
 */
function handleOwnPage(message, respond) {
  if (message?.type !== 'applyChange') return false;
  saveChange(message.change).then(() => respond(true), () => respond(false));
  return true;
}

/**
 * Notifies an open panel of the screen in a tab.
 * @param {number} tab
 * @param {string | null} screen
 */
function notifyPanel(tab, screen) {
  /** @type {ExtensionMessage} */
  const message = { type: 'setPage', tab, screen };
  chrome.runtime.sendMessage(message).catch(() => {}); // no panel is open
}

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === 'card' && port.sender && isOwnPage(port.sender)) {
    relayToHost(port);
  } else {
    port.disconnect();
  }
});

bindPanelToToolbarButton();
