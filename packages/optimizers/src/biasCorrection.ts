/** What undoes the bias of Adam's two moving averages, which begin at 0. */

/**
 * `sqrt(1 - beta2^count) / (1 - beta1^count)`, `count` from 1. The betas are rounded to float32 before the powers are
 * taken, as Keras 3 does whatever the variables' dtype: 1 - 0.999 changes by 1.3e-5 of itself, which training shows.
 */
export function biasCorrection(beta1: number, beta2: number, count: number): number {
  return Math.sqrt(1 - Math.fround(beta2) ** count) / (1 - Math.fround(beta1) ** count);
}
