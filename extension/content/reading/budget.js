// Bounds the work of one reading: how many nodes are visited for labels, names and values.

/** Fields that are reached after that have no label. */
const NODES = 60_000;

let remaining = NODES;

/** Starts a reading. */
export function resetBudget() {
  remaining = NODES;
}

/** @returns {boolean} whether another node may be visited; counts it */
export function spendNode() {
  remaining -= 1;
  return remaining > 0;
}
