/** The samples that fit, evaluate and predict are given, as tensors with one row for each. */
import { ShapeError, ValueError } from "@crease/backend";
import { Dataset, type Feature } from "@crease/datasets";
import { Tensor, type TensorLike, tensor, type Values, Variable } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { outputName } from "./compiled.ts";

/** Samples: a tensor or what becomes one; of several inputs or outputs such things in a list, or by name. */
export type Samples = TensorLike | readonly TensorLike[] | { readonly [name: string]: TensorLike };

/** Samples with their targets and weights. */
export interface Given {
  readonly x: Samples;
  readonly y?: Samples | undefined;
  readonly sampleWeight?: Samples | undefined;
}

/** The same as tensors, with those that were made here and must be given up. */
export interface Table {
  readonly x: Feature;
  readonly y: Feature | undefined;
  readonly sampleWeight: Feature | undefined;
  readonly count: number;
  dispose(): void;
}

/**
 * Tensors with one row for each sample. Arrays go to the model's backend, their numbers in float64 where the model
 * computes in it.
 *
 * @throws ShapeError where x, y and sampleWeight have different numbers of rows; ValueError for no rows at all.
 */
export function tableOf(op: string, { x, y, sampleWeight }: Given, model: AnyModel): Table {
  const made: Tensor[] = [];
  const dispose = (): void => {
    for (const own of made) own.dispose();
  };
  const { backend } = model;
  const isDouble = [model, ...model.sublayers().map(({ layer }) => layer), ...model.weights].some(
    ({ dtype }) => dtype === "float64",
  );
  const toTensor = (value: TensorLike): Tensor => {
    if (value instanceof Tensor) return value;
    const own =
      value instanceof Variable
        ? value.value
        : tensor(value as Values, { backend, ...(isDouble && holdsNumbers(value) && { dtype: "float64" }) });
    made.push(own);
    return own;
  };
  const toFeature = (samples: Samples): Feature =>
    isNamed(samples)
      ? Object.fromEntries(Object.entries(samples).map(([name, value]) => [name, toTensor(value)]))
      : toTensor(samples as TensorLike);
  const outputNames = model.graph?.outputNames;
  const column = (place: string, samples: Samples | undefined): Feature | undefined =>
    samples === undefined ? undefined : toFeature(named(op, place, samples, outputNames));
  try {
    const table = {
      x: toFeature(named(op, "x", x, model.graph?.inputNames ?? [""])),
      y: column("y", y),
      sampleWeight: column("sampleWeight", sampleWeight),
    };
    return { ...table, count: commonRows(op, table), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function isNamed(samples: Samples): samples is { readonly [name: string]: TensorLike } {
  return typeof samples === "object" && samples !== null && Object.getPrototypeOf(samples) === Object.prototype;
}

/**
 * A list of samples for several inputs or outputs, by name: one entry for each name, where there are several names, or
 * tensors. Numbers and nested arrays of numbers stay what they are.
 */
function named(op: string, place: string, samples: Samples, names: readonly string[] | undefined): Samples {
  if (!Array.isArray(samples)) return samples;
  const list = samples as readonly TensorLike[];
  const isList = (names !== undefined && names.length > 1) || list.some((value) => value instanceof Tensor);
  if (!isList || list.every((value) => typeof value === "number")) return samples;
  const keys = names ?? list.map((_, i) => outputName(i));
  if (keys.length === 1 && list.length === 1) return list[0] as TensorLike;
  if (keys.length === list.length) return Object.fromEntries(keys.map((key, i) => [key, list[i] as TensorLike]));
  throw new ValueError({
    op,
    problem: `${place} is a list of ${list.length}, and the model ${keys[0] === "" ? "does not name its inputs" : `has ${keys.join(", ")}`}`,
    fix: keys[0] === "" ? "Give an object by name, or one tensor" : "Give one for each, or an object by name",
  });
}

/** True for a number and for nested arrays of numbers; typed arrays have an element type of their own. */
function holdsNumbers(value: unknown): boolean {
  let first = value;
  while (Array.isArray(first)) first = first[0];
  return typeof first === "number";
}

function commonRows(op: string, table: { readonly [place: string]: Feature | undefined }): number {
  const columns = Object.entries(table).flatMap(([place, feature]) =>
    feature === undefined
      ? []
      : feature instanceof Tensor
        ? [{ place, x: feature }]
        : Object.entries(feature).map(([name, x]) => ({ place: `${place}.${name}`, x })),
  );
  const [first] = columns;
  if (first === undefined)
    throw new ValueError({ op, problem: "x holds no tensors", fix: "Give at least one, such as `{ image: pixels }`" });
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
  const count = first.x.shape[0] as number;
  if (count === 0) throw new ValueError({ op, problem: "there are no samples", fix: "Give at least one row" });
  return count;
}

/** How a table is cut into batches. */
export interface Cut {
  readonly batchSize: number;
  /** Whether each pass has an order of its own; false unless said. */
  readonly shuffle?: boolean;
  /** The rows from `start` to `end` only. */
  readonly start?: number;
  readonly end?: number;
}

/** Batches of a table, which must live as long. @throws ValueError for a batch size that is no whole number above 0. */
export function batchesOf(op: string, table: Table, cut: Cut): Dataset {
  const { batchSize, shuffle = false, start = 0, end = table.count } = cut;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new ValueError({
      op,
      problem: `batchSize ${batchSize} is no whole number above 0`,
      fix: "Use a size such as 32",
    });
  const rows: Dataset = Dataset.fromTensors(table.x, table.y, table.sampleWeight).take(end).skip(start);
  return (shuffle ? rows.shuffle() : rows).batch(batchSize);
}
