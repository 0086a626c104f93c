/** The samples that fit, evaluate and predict are given, as tensors with one row for each. */
import { ShapeError, ValueError } from "@crease/backend";
import { Dataset, type Feature } from "@crease/datasets";
import { Tensor, type TensorLike, tensor, type Values, Variable } from "@crease/tensor";

/** Samples: a tensor or what becomes one, or such things by name. */
export type Samples = TensorLike | { readonly [name: string]: TensorLike };

/** Arrays of samples as tensors, with those that were made here and must be given up. */
export interface Table {
  readonly x: Feature;
  readonly y: Feature | undefined;
  readonly sampleWeight: Feature | undefined;
  readonly count: number;
  dispose(): void;
}

/**
 * Tensors with one row for each sample.
 *
 * @throws ShapeError where x, y and sampleWeight have different numbers of rows.
 */
export function tableOf(op: string, x: Samples, y: Samples | undefined, sampleWeight: Samples | undefined): Table {
  const made: Tensor[] = [];
  const toTensor = (value: TensorLike): Tensor => {
    if (value instanceof Tensor) return value;
    const own = value instanceof Variable ? value.value : tensor(value as Values);
    made.push(own);
    return own;
  };
  const toFeature = (samples: Samples): Feature => {
    if (!isNamed(samples)) return toTensor(samples);
    return Object.fromEntries(Object.entries(samples).map(([name, value]) => [name, toTensor(value)]));
  };
  const table = {
    x: toFeature(x),
    y: y === undefined ? undefined : toFeature(y),
    sampleWeight: sampleWeight === undefined ? undefined : toFeature(sampleWeight),
  };
  const dispose = (): void => {
    for (const own of made) own.dispose();
  };
  try {
    return { ...table, count: commonRows(op, table), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function isNamed(samples: Samples): samples is { readonly [name: string]: TensorLike } {
  return typeof samples === "object" && samples !== null && Object.getPrototypeOf(samples) === Object.prototype;
}

function commonRows(op: string, table: { readonly [place: string]: Feature | undefined }): number {
  const columns = Object.entries(table).flatMap(([place, feature]) =>
    feature === undefined
      ? []
      : feature instanceof Tensor
        ? [{ place, x: feature }]
        : Object.entries(feature).map(([name, x]) => ({ place: `${place}.${name}`, x })),
  );
  const first = columns[0] as (typeof columns)[number];
  for (const { place, x } of columns) {
    if (x.ndim > 0 && x.shape[0] === first.x.shape[0]) continue;
    const problem =
      x.ndim === 0
        ? `${place} is a scalar`
        : `${first.place} has ${first.x.shape[0]} samples, ${place} has ${x.shape[0]}`;
    throw new ShapeError({
      op,
      problem,
      got: columns.map((column) => column.x),
      fix: "Give one row of each for every sample",
    });
  }
  return first.x.shape[0] as number;
}

/** The rows from `start` to `end` as a table of its own. */
export function rowsOf(table: Table, start: number, end: number): Table {
  const made: Tensor[] = [];
  const cut = (feature: Feature | undefined): Feature | undefined => {
    if (feature === undefined) return undefined;
    const slice = (x: Tensor): Tensor => {
      const rows = x.slice([start, end]);
      made.push(rows);
      return rows;
    };
    return feature instanceof Tensor
      ? slice(feature)
      : Object.fromEntries(Object.entries(feature).map(([name, x]) => [name, slice(x)]));
  };
  return {
    x: cut(table.x) as Feature,
    y: cut(table.y),
    sampleWeight: cut(table.sampleWeight),
    count: end - start,
    dispose: () => {
      for (const own of made) own.dispose();
    },
  };
}

/** Batches of a table. @throws ValueError for a batch size that is no whole number above 0, or no samples at all. */
export function batchesOf(op: string, table: Table, batchSize: number, shuffle: boolean): Dataset {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new ValueError({
      op,
      problem: `batchSize ${batchSize} is no whole number above 0`,
      fix: "Use a size such as 32",
    });
  if (table.count === 0) throw new ValueError({ op, problem: "there are no samples", fix: "Give at least one row" });
  const rows = Dataset.fromTensors(table.x, table.y, table.sampleWeight) as unknown as Dataset;
  return (shuffle ? rows.shuffle() : rows).batch(batchSize);
}
