/** How values are spread: the counts that TensorBoard draws as a histogram. */

/** Numbers of TensorFlow's `HistogramProto`; bucket `i` counts what lies above limit `i - 1` up to limit `i`. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/** As many as `tf.summary.histogram` makes. */
const buckets = 30;

/** Buckets of equal width from the smallest value to the largest; NaN and infinities are left out. */
export function histogramOf(data: ArrayLike<number>): Histogram {
  const values = Float64Array.from(data).filter(Number.isFinite);
  let [min, max, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  if (values.length === 0) return { min: 0, max: 0, count: 0, sum, sumOfSquares, limits: [], counts: [] };
  const width = (max - min) / buckets;
  // All values are equal, or so near that buckets would be empty of numbers: one bucket around them.
  if (!(min + width > min)) {
    const half = Math.max(Math.abs(max), 1) * 2 ** -20;
    return {
      min,
      max,
      count: values.length,
      sum,
      sumOfSquares,
      limits: [min - half, max + half],
      counts: [0, values.length],
    };
  }
  const counts = new Array<number>(buckets).fill(0);
  for (const value of values) {
    const at = Math.min(Math.floor((value - min) / width), buckets - 1);
    counts[at] = (counts[at] as number) + 1;
  }
  const limits = counts.map((_, i) => (i === buckets - 1 ? max : min + (i + 1) * width));
  // An empty bucket in front, so that the first one has a left edge.
  return { min, max, count: values.length, sum, sumOfSquares, limits: [min, ...limits], counts: [0, ...counts] };
}
