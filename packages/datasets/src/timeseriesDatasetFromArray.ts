/** Windows that slide over a series. */
import { requireInteger, ShapeError, ValueError } from "@crease/backend";
import { scope, type Tensor, tensor } from "@crease/tensor";
import type { Dataset } from "./dataset.ts";
import { shuffleKey } from "./shuffleKey.ts";
import { StageDataset } from "./stageDataset.ts";
import { loadedRows } from "./stages/loadedRows.ts";

/** How windows are cut out and put together. */
export interface TimeseriesOptions {
  /** Steps between the beginnings of two windows. Default 1. */
  readonly sequenceStride?: number;
  /** Steps between two values in a window. Default 1. */
  readonly samplingRate?: number;
  /** Windows in a batch; null gives them one by one. Default 128. */
  readonly batchSize?: number | null;
  /** Whether each pass has an order of its own. Default false. */
  readonly shuffle?: boolean;
  /** Decides the orders; without it one is drawn from the random stream. */
  readonly seed?: number;
  /** The first step to use. Default 0. */
  readonly startIndex?: number;
  /** The step after the last one to use. Default: the length of the series. */
  readonly endIndex?: number;
}

/** A window of inputs, and the target that belongs to it where there are targets. */
export type TimeseriesElement = readonly [x: Tensor, y?: Tensor];

const op = "timeseriesDatasetFromArray";

/**
 * Batches of windows of `sequenceLength` steps along the first axis of `data`: `x[i] = data[i : i + length * rate : rate]`
 * of shape `[n, sequenceLength, ...]` (Keras 3 `timeseries_dataset_from_array`). Where `targets` are given, `y` is
 * `targets[i]` for the window that begins at `i`: to predict what comes `k` steps after a window's first one, give
 * `targets` from step `k` on. The tensors stay the caller's and must live as long as the data set is used.
 *
 * @throws ValueError for options that do not fit each other or the series; ShapeError for scalars.
 * @example
 * ```ts
 * import { timeseriesDatasetFromArray } from "@crease/datasets";
 * import { arange } from "@crease/tensor";
 * const series = arange(10);
 * const data = timeseriesDatasetFromArray(series, series.slice([3, null]), 3, { batchSize: 2 });
 * const seen: string[] = [];
 * for await (const [x, y] of data.take(1)) seen.push(String(await x.array()), String(y));
 * seen; // => ["0,1,2,1,2,3", "[3 4]"]
 * data.size; // => 4
 * ```
 */
export function timeseriesDatasetFromArray(
  data: Tensor,
  targets: Tensor | null,
  sequenceLength: number,
  options: TimeseriesOptions = {},
): Dataset<TimeseriesElement> {
  const { sequenceStride = 1, samplingRate = 1, batchSize = 128, shuffle = false, seed, startIndex = 0 } = options;
  const length = lengthOf(data);
  const { endIndex = length } = options;
  requireInteger(op, "sequenceLength", sequenceLength, { min: 1 });
  for (const [name, value] of Object.entries({ sequenceStride, samplingRate }))
    requireInteger(op, name, value, { min: 1, below: Math.max(length, 2) });
  requireInteger(op, "startIndex", startIndex, { min: 0, below: Math.max(length, 1) });
  requireInteger(op, "endIndex", endIndex, { min: startIndex + 1, max: length });
  if (batchSize !== null) requireInteger(op, "batchSize", batchSize, { min: 1 });
  const last = endIndex - startIndex - (sequenceLength - 1) * samplingRate;
  const begins = Math.min(last, targets === null ? last : Math.min(lengthOf(targets), endIndex) - startIndex);
  if (begins < 1)
    throw new ValueError({
      op,
      problem: `no window of ${sequenceLength} steps at rate ${samplingRate} fits steps ${startIndex} to ${endIndex}`,
      got: targets === null ? [data] : [data, targets],
      fix: "Use shorter windows or a longer series",
    });
  const load = (rows: readonly number[]): TimeseriesElement =>
    scope(() => {
      const first = rows.map((row) => startIndex + row * sequenceStride);
      const steps = first.flatMap((i) => Array.from({ length: sequenceLength }, (_, k) => i + k * samplingRate));
      const at = tensor(Int32Array.from(steps), { shape: [rows.length, sequenceLength], backend: data.backend });
      const x = data.gather(at);
      if (targets === null) return [x];
      return [x, targets.gather(tensor(Int32Array.from(first), { backend: targets.backend }))];
    });
  const count = Math.ceil(begins / sequenceStride);
  const key = shuffle ? shuffleKey(seed, true) : undefined;
  return new StageDataset(loadedRows({ count, load, batchSize, key }));
}

function lengthOf(series: Tensor): number {
  const [length] = series.shape;
  if (length === undefined)
    throw new ShapeError({
      op,
      problem: "a scalar has no steps",
      got: [series],
      fix: "Give a tensor with time as its first axis",
    });
  return length;
}
