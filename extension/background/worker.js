// The service worker: who may ask, and whom it asks. It keeps no state; it may stop at any time.
import { answer } from './advice.js';
import { relay } from './native.js';
import { noted, visited } from './notebook.js';
import { isContentScript, isOwnPage } from './trust.js';
import './welcome.js';

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (isContentScript(sender)) return fromContentScript(message, sender, respond);
  if (isOwnPage(sender)) return fromOwnPage(message, respond);
  return false;
});

/**
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {(answer: unknown) => void} respond
 * @returns {boolean} whether the answer comes later
 */
function fromContentScript(message, sender, respond) {
  switch (message?.type) {
    case 'advise':
      // Nothing is drawn for a snapshot that cannot be read, nor for one that says to be of another site.
      answer(message.snapshot, sender.origin).then(
        (answered) => {
          respond(answered);
          if (answered.visit) visited(answered.visit);
          tellPanel(sender.tab.id, answered.place);
        },
        () => respond(null),
      );
      return true;
    case 'open-panel':
      // Before any await: afterwards the browser no longer takes it for the user's wish.
      chrome.sidePanel.open({ tabId: sender.tab.id });
      wanted(message.show === 'guide' ? 'guide' : 'card', sender.tab.windowId);
      return false;
    default:
      return false;
  }
}

/**
 * @param {any} message
 * @param {(answer: unknown) => void} respond
 * @returns {boolean} whether the answer comes later
 */
function fromOwnPage(message, respond) {
  if (message?.type !== 'note') return false;
  noted(message.change).then(() => respond(true), () => respond(false));
  return true;
}

/**
 * What the panel is to show: left where it finds it, whether it is open already or only just opens.
 * @param {'card' | 'guide'} show
 * @param {number} window each has a panel of its own
 */
function wanted(show, window) {
  chrome.storage.session.set({ wanted: { show, window } });
}

/**
 * An open panel marks what belongs to the page beside it.
 * @param {number} tab
 * @param {string | null} place
 */
function tellPanel(tab, place) {
  chrome.runtime.sendMessage({ type: 'here', tab, place }).catch(() => {}); // none is open
}

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === 'card' && isOwnPage(port.sender)) {
    relay(port);
  } else {
    port.disconnect();
  }
});

chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
