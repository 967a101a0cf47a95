// Starts the panel and tells it what the browser knows: all of it is in wasm/app/src/panel.
import { isOwnPage } from '../background/trust.js';
import { known, openPanel } from '../module.js';
import { watchPlace } from './place.js';

const panel = openPanel(await known());

chrome.storage.onChanged.addListener(async (changes) => {
  if (['lang', 'notebook', 'institution'].some((key) => key in changes)) panel.stored(await known());
});

const { id: ours } = await chrome.windows.getCurrent();

/**
 * Shows what a button in a page beside asked for; once.
 * @param {{show: string, window: number} | undefined} wanted
 */
function showWanted(wanted) {
  if (wanted?.window !== ours) return;
  chrome.storage.session.remove('wanted');
  panel.show(wanted.show);
}

// The transfer's sheet, in a tab of its own, asks for what to print: it is stored nowhere, and the sheet is empty once this
// panel, which holds the lock, is gone.
navigator.locks.request(`panel-${ours}`, () => new Promise(() => {}));
chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (isOwnPage(sender) && message?.type === 'sheet' && sender.tab?.windowId === ours) respond(panel.sheet() ?? null);
});

chrome.storage.session.onChanged.addListener((changes) => showWanted(changes.wanted?.newValue));
// What is shown depends on the page beside.
await watchPlace((place) => panel.here(place));
showWanted((await chrome.storage.session.get('wanted')).wanted);
