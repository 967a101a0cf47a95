// Reminds the user of the end of the certificate: days left on the toolbar button, and notifications where the user
// allowed them. Which day brings what is decided in wasm/reminder; nothing happens unless an end is remembered.
import { openPanelWindow } from '../platform/panel-window.js';
import { chosenLanguage } from '../shared/language.js';
import { LANGUAGE_KEY, SAVED_STATE_KEY } from '../shared/storage-keys.js';
import { ready, reminderDisplay } from '../shared/wasm-module.js';
import { saveReminded } from './saved-state.js';

/** Names the alarm, the notification, and the lock that keeps two updates from showing a notification twice. */
const NAME = 'reminder';

function update() {
  return navigator.locks.request(NAME, async () => {
    const [stored] = await Promise.all([
      chrome.storage.local.get([LANGUAGE_KEY, SAVED_STATE_KEY]), ready,
    ]);
    const { badge, title, notification, nextCheck } = reminderDisplay(stored[SAVED_STATE_KEY], chosenLanguage(stored));
    await Promise.all([chrome.action.setBadgeText({ text: badge }), chrome.action.setTitle({ title })]);
    if (nextCheck === undefined) await chrome.alarms.clear(NAME);
    else await chrome.alarms.create(NAME, { when: nextCheck });
    // A running worker may get the interface only at its next start.
    if (notification && chrome.notifications && await mayNotify()) await notify(notification);
  });
}

const mayNotify = () => chrome.permissions.contains({ permissions: ['notifications'] });

/**
 * Shows a notification, then records it: a notification that could not be shown is shown at the next check.
 * @param {import('../types/messages').NotificationText} text
 */
async function notify({ title, message }) {
  listenForClicks();
  const iconUrl = chrome.runtime.getURL('icons/128.png');
  await chrome.notifications.create(NAME, { type: 'basic', iconUrl, title, message });
  await saveReminded();
}

/** The browser provides `chrome.notifications` only once the user has allowed it. */
function listenForClicks() {
  const clicks = chrome.notifications?.onClicked;
  if (clicks && !clicks.hasListener(onClicked)) clicks.addListener(onClicked);
}

/** @param {string} name */
function onClicked(name) {
  if (name !== NAME) return;
  chrome.notifications.clear(name);
  openPanelWindow(); // a side panel would need a press in the browser's own window
}

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === NAME) update();
});
chrome.runtime.onStartup.addListener(update); // the browser forgets the text on the button when it closes
chrome.runtime.onInstalled.addListener(update);
chrome.permissions.onAdded.addListener(update);
chrome.storage.local.onChanged.addListener((changes) => {
  if (SAVED_STATE_KEY in changes || LANGUAGE_KEY in changes) update();
});
listenForClicks();
