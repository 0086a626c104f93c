/** How the numbers of a weight are spread. */
import type { Variable } from "@crease/tensor";

/** A weight's numbers in short. */
export interface WeightFacts {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isTrainable: boolean;
  readonly count: number;
  /** Over its finite numbers; null where there are none. */
  readonly least: number | null;
  readonly most: number | null;
  readonly mean: number | null;
  readonly stddev: number | null;
  /** How many are exactly 0, and how many NaN or infinite. */
  readonly zeros: number;
  readonly notFinite: number;
  /** How many finite numbers lie in each of equal parts from the least to the most. */
  readonly histogram: readonly number[];
}

/** Reads a weight and counts its numbers in so many bins. */
export async function weightFacts(name: string, weight: Variable, bins: number): Promise<WeightFacts> {
  const value = weight.value;
  const data = (await value.data()) as ArrayLike<number>;
  value.dispose();
  let [least, most, sum, squares, zeros, finite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = Number(data[i]);
    if (!Number.isFinite(x)) continue;
    finite++;
    least = Math.min(least, x);
    most = Math.max(most, x);
    sum += x;
    if (x === 0) zeros++;
  }
  const mean = sum / finite;
  const histogram = new Array<number>(finite === 0 ? 0 : bins).fill(0);
  for (let i = 0; i < data.length; i++) {
    const x = Number(data[i]);
    if (!Number.isFinite(x)) continue;
    squares += (x - mean) ** 2;
    const bin = most === least ? bins >> 1 : Math.min(bins - 1, Math.floor(((x - least) / (most - least)) * bins));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  const known = <T>(number: T): T | null => (finite === 0 ? null : number);
  return {
    ...{ name, shape: [...weight.shape], dtype: weight.dtype, isTrainable: weight.trainable, count: data.length },
    ...{ least: known(least), most: known(most), mean: known(mean), stddev: known(Math.sqrt(squares / finite)) },
    ...{ zeros, notFinite: data.length - finite, histogram },
  };
}
