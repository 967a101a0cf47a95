// A row of the table, in the format of tests/bench/src/measure.rs.

export const RUNS = 25;

/**
 * @param {{ name: string, reference: string, bound: number }} subject
 * @param {number[]} own milliseconds
 * @param {number[]} reference milliseconds
 * @param {number} [share] the quantile that is the value of the row; 0.5 is the median
 */
export function row({ name, reference, bound }, own, others, share = 0.5) {
  const at = (times) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
  const [value, referenceValue] = [at(own), at(others)];
  return {
    name, value, unit: 'ms', min: Math.min(...own), max: Math.max(...own), runs: own.length,
    reference, reference_value: referenceValue, ratio: value / referenceValue, bound,
  };
}
