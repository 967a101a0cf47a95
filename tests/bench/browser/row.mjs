// A row of the table, as tests/bench/src/measure.rs has it.

export const RUNS = 25;

/**
 * @param {{ name: string, reference: string, bound: number }} subject
 * @param {number[]} own milliseconds
 * @param {number[]} reference milliseconds
 * @param {number} [share] of the runs that are no slower than the value: a half for the median
 */
export function row({ name, reference, bound }, own, others, share = 0.5) {
  const at = (times) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
  const [value, referenceValue] = [at(own), at(others)];
  return {
    name, value, unit: 'ms', min: Math.min(...own), max: Math.max(...own), runs: own.length,
    reference, reference_value: referenceValue, ratio: value / referenceValue, bound,
  };
}
