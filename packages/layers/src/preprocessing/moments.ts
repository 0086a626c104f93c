/** Mean and variance of batches that are seen one after the other. */

/** Mean and variance at each index, of `count` values each. */
export interface Moments {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly count: number;
}

/**
 * The moments of two batches together: with `w` the share of the second,
 * `mean = (1 - w) m1 + w m2` and `variance = (1 - w) (v1 + (m1 - mean)^2) + w (v2 + (m2 - mean)^2)`.
 */
export function mergeMoments(first: Moments, second: Moments): Moments {
  const count = first.count + second.count;
  const share = second.count / count;
  const mix = (a: number, b: number): number => a * (1 - share) + b * share;
  const mean = first.mean.map((value, i) => mix(value, second.mean[i] as number));
  const spread = ({ mean: own, variance }: Moments, i: number): number =>
    (variance[i] as number) + ((own[i] as number) - (mean[i] as number)) ** 2;
  return { mean, variance: mean.map((_, i) => mix(spread(first, i), spread(second, i))), count };
}
