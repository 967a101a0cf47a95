// Polling.

const TIMEOUT = 15_000;
const INTERVAL = 40;

/**
 * Polls until a value is truthy; fails after fifteen seconds.
 * @template T
 * @param {string} what the awaited condition, for the error message
 * @param {() => (T | Promise<T>)} poll
 * @returns {Promise<T>} the first truthy value
 */
export async function until(what, poll) {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    const value = await poll();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${TIMEOUT / 1000} s`);
    await new Promise((resume) => { setTimeout(resume, INTERVAL); });
  }
}
