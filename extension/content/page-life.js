// Waits for the moments in a page's life at which the content script may start: it is injected before the page's own
// scripts run, possibly into a page that is only prerendered.

/** How long drawing waits for images and other resources, from the end of parsing; in milliseconds. */
const MAX_LOADING_TIME = 3000;
/** How long it then waits until the page's scripts pause, in milliseconds. */
const MAX_BUSY_TIME = 1000;
/** Interval of looking at the state of the document, in milliseconds: `document.open()` removes every listener. */
const STATE_INTERVAL = 250;

/** Settles when the page is shown, not only prerendered, and its document is parsed: it may be read. */
export async function pageStarted() {
  await activated();
  await reached('interactive');
}

/**
 * Settles when the page has loaded and its scripts pause: something may be inserted. A framework that takes over a
 * document from the server compares its nodes until then; it discards a document with a foreign node, and with it what
 * the user typed. Call it when the page has started.
 * @returns {Promise<void>}
 */
export async function pageSettled() {
  await Promise.race([reached('complete'), wait(MAX_LOADING_TIME)]);
  await new Promise((resolve) => { requestIdleCallback(resolve, { timeout: MAX_BUSY_TIME }); });
}

/** @returns {Promise<void>} */
async function activated() {
  if (!document.prerendering) return;
  await new Promise((resolve) => { document.addEventListener('prerenderingchange', resolve, { once: true }); });
}

/**
 * @param {'interactive' | 'complete'} state
 * @returns {Promise<void>} settles when the document is in this state or in a later one
 */
function reached(state) {
  return new Promise((resolve) => {
    const check = () => {
      if (document.readyState !== 'complete' && document.readyState !== state) return;
      clearInterval(timer);
      document.removeEventListener('readystatechange', check);
      resolve();
    };
    const timer = setInterval(check, STATE_INTERVAL);
    document.addEventListener('readystatechange', check);
    check();
  });
}

/** @param {number} time in milliseconds */
const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/**
 * Calls a function when the page comes back from the back/forward cache, where it missed every event.
 * @param {() => void} restored
 * @param {AbortSignal} signal ends this
 */
export function onRestored(restored, signal) {
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) restored();
  }, { capture: true, signal });
}
