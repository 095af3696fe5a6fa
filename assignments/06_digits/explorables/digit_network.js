// The network 64-32-10 that reads a picture, with the weights that `train_weights.py` found.

import { layers, unit } from "./weights.js";

/** Pairs of W and b; ReLU after the first, softmax after the second. */
export const network = layers.map(({ W, b }) => [W.map((row) => row.map((weight) => weight * unit)), b.map((bias) => bias * unit)]);

const sums = (values, [W, b]) => b.map((bias, j) => values.reduce((sum, value, i) => sum + value * W[i][j], bias));

/** Return what the hidden layer and the output make of a picture of 64 counts, 0 to 16. */
export function read(counts) {
  const hidden = sums(counts.map((count) => count / 16), network[0]).map((sum) => Math.max(sum, 0));
  const last = sums(hidden, network[1]), most = Math.max(...last), powers = last.map((sum) => Math.exp(sum - most));
  const whole = powers.reduce((sum, power) => sum + power, 0);
  return { hidden, probabilities: powers.map((power) => power / whole) };
}
