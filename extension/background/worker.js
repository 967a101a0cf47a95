// The service worker: who may ask, and whom it asks. It keeps no state; it may stop at any time.
import { answer } from './advice.js';
import { relay } from './native.js';
import { isContentScript, isOwnPage } from './trust.js';

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (!isContentScript(sender)) {
    return false;
  }
  switch (message?.type) {
    case 'advise':
      // Nothing is drawn for a snapshot that cannot be read.
      answer(message.snapshot).then(respond, () => respond(null));
      return true;
    case 'open-panel':
      // Before any await: afterwards the browser no longer takes it for the user's wish.
      chrome.sidePanel.open({ tabId: sender.tab.id });
      return false;
    default:
      return false;
  }
});

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === 'card' && isOwnPage(port.sender)) {
    relay(port);
  } else {
    port.disconnect();
  }
});

chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
