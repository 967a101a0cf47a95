// Bounds the work and the time of one reading, whatever the page consists of. Every access to the page that takes longer
// the larger the page is asks here first, and answers with nothing once the budget is spent. What is left is then
// arithmetic on lists that are bounded themselves.

/** The limits of each phase of a reading. Tests replace the clock. */
export const readingLimits = {
  /** How many nodes, options and lines are visited. */
  nodes: 60_000,
  /** In milliseconds; a page of usual size takes a tenth of it on a slow computer. */
  time: 200,
  /** In milliseconds. */
  now: performance.now.bind(performance),
};

/** The clock is read once for so many accesses, and at each search of part of the page. */
export const SEARCH = 8;

/** Whether a reading is under way; outside of one, nothing is bounded. */
let isReading = false;
let isSpent = false;
let isPartial = false;
let nodes = 0;
let accesses = 0;
let end = 0;

/**
 * Runs a reading, or part of one that is under way.
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
export function withBudget(read) {
  if (isReading) return read();
  isReading = true;
  isPartial = false;
  startPhase();
  try {
    return read();
  } finally {
    isReading = false;
    isSpent = false;
  }
}

/** Starts a phase with a budget of its own: what one phase took is not missing for the next. */
export function startPhase() {
  isSpent = false;
  nodes = readingLimits.nodes;
  accesses = 0;
  end = readingLimits.now() + readingLimits.time;
}

/**
 * @param {number} [weight] of the access to the page that follows: 1, or `SEARCH` for one that may visit all of it
 * @returns {boolean} whether the budget of this phase is spent
 */
export function isBudgetSpent(weight = 1) {
  if (!isReading || isSpent) return isSpent;
  accesses += weight;
  if (accesses >= SEARCH) {
    accesses = 0;
    isSpent = readingLimits.now() >= end;
    isPartial ||= isSpent;
  }
  return isSpent;
}

/**
 * @param {number} [count]
 * @returns {boolean} whether so many further nodes may be visited; counts them
 */
export function spendNodes(count = 1) {
  if (!isReading) return true;
  nodes -= count;
  if (nodes < 0) {
    isSpent = true;
    isPartial = true;
  }
  return !isBudgetSpent();
}

/** @returns {boolean} whether the reading under way left something out */
export function isReadingPartial() {
  return isPartial;
}

/** Notes that the reading under way left something out for another reason. */
export function notePartial() {
  isPartial = true;
}
