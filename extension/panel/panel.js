// Starts the panel and tells it what the browser knows: all of it is in wasm/app/src/panel.
import { known, openPanel } from '../module.js';
import { watchPlace } from './place.js';

const { lang, notebook, os } = await known();
const panel = openPanel(lang, notebook, os);

chrome.storage.local.onChanged.addListener((changes) => {
  if (changes.notebook) panel.stored(changes.notebook.newValue);
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

chrome.storage.session.onChanged.addListener((changes) => showWanted(changes.wanted?.newValue));
// What is shown depends on the page beside.
await watchPlace((place) => panel.here(place));
showWanted((await chrome.storage.session.get('wanted')).wanted);
