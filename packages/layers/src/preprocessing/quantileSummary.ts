/** Approximate quantiles of values that are seen batch by batch: Keras 3's summaries of `Discretization`. */

/** Values in order, and about how many values each stands for. */
export interface QuantileSummary {
  readonly values: Float32Array;
  readonly weights: Float32Array;
}

/** A summary of values, which are sorted in place: about `1 / epsilon` of them, evenly spaced. */
export function summarize(values: Float32Array, epsilon: number): QuantileSummary {
  values.sort();
  const step = Math.max(values.length / (1 / epsilon), 1);
  const kept = values.filter(
    (_, i) => i >= Math.floor(step - 1) && (i - Math.floor(step - 1)) % Math.floor(step) === 0,
  );
  return { values: kept, weights: new Float32Array(kept.length).fill(step) };
}

/** One summary of what two summarize. */
export function mergeSummaries(a: QuantileSummary, b: QuantileSummary, epsilon: number): QuantileSummary {
  const values = [...a.values, ...b.values];
  const weights = [...a.weights, ...b.weights];
  const order = values.map((_, i) => i).sort((i, j) => (values[i] as number) - (values[j] as number));
  return compress(
    {
      values: Float32Array.from(order, (i) => values[i] as number),
      weights: Float32Array.from(order, (i) => weights[i] as number),
    },
    epsilon,
  );
}

/** The `numBins - 1` values that part the summarized ones into bins of about equal weight; fewer where there are fewer. */
export function binBoundariesOf(summary: QuantileSummary, numBins: number): number[] {
  return [...compress(summary, 1 / numBins).values.slice(0, -1)];
}

/** A summary of about `1 / epsilon` values, interpolated at even shares of the weight. */
function compress(summary: QuantileSummary, epsilon: number): QuantileSummary {
  const { values, weights } = summary;
  if (values.length * epsilon < 1) return summary;
  const cumulative = new Float32Array(weights.length);
  let sum = 0;
  for (const [i, weight] of weights.entries()) {
    sum = Math.fround(sum + weight);
    cumulative[i] = sum;
  }
  const shares = cumulative.map((weight) => weight / sum);
  const wanted = Array.from({ length: Math.ceil(1 / epsilon) }, (_, i) => epsilon + i * epsilon);
  const reached = wanted.map((share) => interpolate(share, shares, cumulative));
  return {
    values: Float32Array.from(wanted, (share) => interpolate(share, shares, values)),
    weights: Float32Array.from(reached, (weight, i) => weight - (reached[i - 1] ?? 0)),
  };
}

/** The value at `x` of the line through `(xs[i], ys[i])`, the xs in ascending order; constant beyond its ends. */
function interpolate(x: number, xs: Float32Array, ys: Float32Array): number {
  let [low, high] = [0, xs.length - 1];
  if (x <= (xs[low] as number)) return ys[low] as number;
  if (x >= (xs[high] as number)) return ys[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) <= x) low = middle;
    else high = middle;
  }
  const [x0, x1, y0, y1] = [xs[low], xs[high], ys[low], ys[high]] as [number, number, number, number];
  return ((y1 - y0) / (x1 - x0)) * (x - x0) + y0;
}
