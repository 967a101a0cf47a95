// Which screen is in the tab beside the panel.

/**
 * Tells it now and whenever it changes.
 * @param {(place: string | null) => void} tell null where the tab shows none of ours
 * @returns {Promise<void>} when it was told for the first time
 */
export async function watchPlace(tell) {
  /** @type {number | undefined} */
  let active;

  async function ask() {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    const asked = tab?.id;
    active = asked;
    const place = asked === undefined ? null : await placeIn(asked);
    // A tab that was slow to answer may be left by now.
    if (active === asked) tell(place);
  }

  chrome.tabs.onActivated.addListener(ask);
  chrome.tabs.onUpdated.addListener((tab, { status }) => {
    if (tab === active && status !== undefined) ask();
  });
  chrome.runtime.onMessage.addListener((message, sender) => {
    const fromWorker = sender.id === chrome.runtime.id && sender.tab === undefined;
    if (fromWorker && message?.type === 'here' && message.tab === active) tell(message.place ?? null);
  });
  await ask();
}

/** @param {number} tab */
async function placeIn(tab) {
  try {
    return await chrome.tabs.sendMessage(tab, { type: 'where' }) ?? null;
  } catch {
    return null; // no content script of ours runs there
  }
}
