// Waiting for something to become true.

const PATIENCE = 15_000;

/**
 * Looks again and again; fails after fifteen seconds with what was waited for.
 * @template T
 * @param {string} what
 * @param {() => (T | Promise<T>)} look
 * @returns {Promise<T>} the first true value
 */
export async function until(what, look) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE / 1000} s`);
    await new Promise((resume) => { setTimeout(resume, 40); });
  }
}
