/** Training data whose samples are all in memory: cut, split and made batches of. */
import { DataError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import { permutation, scope, type Tensor } from "@crease/tensor";
import type { Part, TrainingData } from "./trainingData.ts";

/** Inputs and targets, a row each for every sample. */
export interface SampleSet {
  readonly x: Tensor;
  /** int32 class numbers `[n]`, or float32 numbers `[n, outputs]`. */
  readonly y: Tensor;
}

/** The sets of a data set. */
export interface SampleSets {
  readonly train: SampleSet;
  readonly validation: SampleSet | undefined;
  readonly test: SampleSet | undefined;
}

/** The first `limit` samples, or all; the set that was given is used up. */
export function firstOf({ x, y }: SampleSet, limit: number | undefined): SampleSet {
  if (limit === undefined || limit >= countOf({ x, y })) return { x, y };
  const first = { x: x.slice([0, limit]), y: y.slice([0, limit]) };
  x.dispose();
  y.dispose();
  return first;
}

/**
 * The samples with a share of them held out for validation, drawn by `seed`; the set that was given is used up.
 *
 * @throws DataError where the share leaves nothing on one side.
 */
export function splitOff(set: SampleSet, share: number, seed: number): Pick<SampleSets, "train" | "validation"> {
  if (share === 0) return { train: set, validation: undefined };
  const count = countOf(set);
  const held = Math.round(count * share);
  if (held === 0 || held === count)
    throw new DataError({
      op: "validationSplit",
      problem: `${share} of ${count} samples leaves ${count - held} to train on and ${held} to validate with`,
      fix: "Give more samples, another --validation-split, or 0 for no validation",
    });
  const { x, y } = set;
  const parts = scope(() => {
    const order = permutation(count, { backend: x.backend, seed });
    const take = (start: number, end: number): SampleSet => {
      const rows = order.slice([start, end]);
      return { x: x.gather(rows), y: y.gather(rows) };
    };
    return { train: take(held, count), validation: take(0, held) };
  });
  x.dispose();
  y.dispose();
  return parts;
}

/** What a data set in memory adds to what is said of it. */
export function inMemory(sets: SampleSets, seed: number): Pick<TrainingData, "inputShape" | "counts" | "batches"> {
  const count = (part: Part): number => (sets[part] === undefined ? 0 : countOf(sets[part]));
  return {
    inputShape: sets.train.x.shape.slice(1),
    counts: { train: count("train"), validation: count("validation"), test: count("test") },
    batches(part, batchSize) {
      const { x, y } = sets[part] as SampleSet;
      const rows: Dataset = Dataset.fromTensors(x, y);
      return (part === "train" ? rows.shuffle({ seed: seed % 2 ** 32 }) : rows).batch(batchSize);
    },
  };
}

function countOf({ x }: SampleSet): number {
  return x.shape[0] as number;
}
