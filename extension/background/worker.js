// The service worker: dispatches messages by sender. Keeps no state, because the browser may stop it at any time.
import { bindPanelToToolbarButton, openPanel, restrictStorage } from '#platform';
import { acceptMessage, acceptPort } from '../shared/message-rules.js';
import { requestView } from '../shared/view-request.js';
import { relayToHost } from './native-host.js';
import { pageAdvice } from './page-advice.js';
import { isFolded, saveFolded } from './page-settings.js';
import { saveChange, saveVisit } from './saved-state.js';
import './open-tabs.js';
import './reminder.js';
import './welcome-page.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */
/** @typedef {import('../types/messages').PageSnapshot} PageSnapshot */

restrictStorage();

chrome.runtime.onMessage.addListener((received, sender, respond) => {
  const message = acceptMessage(received, sender, 'worker');
  const { id: tab, windowId } = sender.tab ?? {};
  switch (message?.type) {
    case 'advise':
      if (tab === undefined) return false;
      answerPage(message.snapshot, sender.origin, tab, respond);
      return true;
    case 'openPanel':
      if (tab !== undefined && windowId !== undefined) openPanelFor({ id: tab, windowId }, message.view);
      return false;
    case 'getFolded':
      isFolded().then(respond, () => respond(false));
      return true;
    case 'setFolded':
      saveFolded(message.folded);
      return false;
    case 'applyChange':
      saveChange(message.change).then(() => respond(true), () => respond(false));
      return true;
    default:
      return false;
  }
});

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
  let advice;
  try {
    advice = await pageAdvice(snapshot, origin);
  } catch {
    respond(null);
    return;
  }
  const { visit, ...answer } = advice;
  respond(answer);
  if (visit) saveVisit(visit);
  notifyPanel(tab, answer.screen);
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
  if (acceptPort(port)) {
    relayToHost(port);
  } else {
    port.disconnect();
  }
});

bindPanelToToolbarButton();
