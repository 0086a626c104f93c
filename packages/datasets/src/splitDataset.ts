/** Data sets divided in two. */
import { ValueError } from "@crease/backend";
import { Tensor } from "@crease/tensor";
import { Dataset } from "./dataset.ts";
import type { Element, Feature } from "./element.ts";

/** Where `splitDataset` divides. */
export interface SplitDatasetOptions {
  /** A fraction below 1, or a number of elements, for the left part. Without it: what the right one leaves. */
  readonly leftSize?: number;
  /** The same for the right part, which is taken from the end. */
  readonly rightSize?: number;
  /** Whether to shuffle before dividing, once. Default false. */
  readonly shuffle?: boolean;
  /** Decides the order; without it one is drawn from the random stream. */
  readonly seed?: number;
}

const op = "splitDataset";

/**
 * A left and a right part of a data set, of a tensor, or of `[x, y?, sampleWeight?]` (Keras 3 `split_dataset`). Fractions
 * are rounded to whole elements, halves to even. A data set in batches is divided between batches: split before `batch`.
 *
 * @throws ValueError for sizes that do not fit the data set, and for one whose size is not known.
 * @example
 * ```ts
 * import { splitDataset } from "@crease/datasets";
 * import { zeros } from "@crease/tensor";
 * const [left, right] = splitDataset([zeros([1000, 4]), zeros([1000])], { leftSize: 0.8 });
 * left.size; // => 800
 * right.batch(50).size; // => 4
 * ```
 */
export function splitDataset<T extends Element>(
  data: Dataset<T>,
  options: SplitDatasetOptions,
): [left: Dataset<T>, right: Dataset<T>];
export function splitDataset(
  data: Tensor | readonly [x: Feature, y?: Feature, sampleWeight?: Feature],
  options: SplitDatasetOptions,
): [left: Dataset, right: Dataset];
export function splitDataset(
  data: Dataset | Tensor | readonly [x: Feature, y?: Feature, sampleWeight?: Feature],
  options: SplitDatasetOptions,
): [left: Dataset, right: Dataset] {
  const whole = data instanceof Dataset ? data : fromTensors(data instanceof Tensor ? [data] : data);
  const { shuffle = false, seed } = options;
  if (whole.size === undefined)
    throw new ValueError({ op, problem: "the data set's size is not known", fix: "Give `fromGenerator` a `size`" });
  const [left, right] = sizes(options, whole.size);
  const once = { reshuffleEachIteration: false, ...(seed === undefined ? {} : { seed }) };
  const ordered = shuffle ? whole.shuffle(once) : whole;
  return [ordered.take(left), ordered.skip(whole.size - right).take(right)];
}

function fromTensors([x, y, sampleWeight]: readonly [x: Feature, y?: Feature, sampleWeight?: Feature]): Dataset {
  if (sampleWeight !== undefined) return Dataset.fromTensors(x, y, sampleWeight);
  return y === undefined ? Dataset.fromTensors(x) : Dataset.fromTensors(x, y);
}

function sizes({ leftSize, rightSize }: SplitDatasetOptions, total: number): [left: number, right: number] {
  const fix = `Use a fraction between 0 and 1, or a whole number below ${total}`;
  if (leftSize === undefined && rightSize === undefined)
    throw new ValueError({ op, problem: "neither leftSize nor rightSize is given", fix });
  const count = (name: string, size: number | undefined): number | undefined => {
    if (size === undefined) return undefined;
    const elements = size < 1 ? halfToEven(size * total) : size;
    if (!(size > 0) || !Number.isInteger(elements) || elements >= total || elements === 0)
      throw new ValueError({ op, problem: `${name} ${size} leaves no two parts of ${total} elements`, fix });
    return elements;
  };
  const left = count("leftSize", leftSize);
  const right = count("rightSize", rightSize);
  if ((left ?? 0) + (right ?? 0) > total)
    throw new ValueError({
      op,
      problem: `leftSize ${leftSize} and rightSize ${rightSize} are more than ${total} elements`,
      fix,
    });
  return [left ?? total - (right as number), right ?? total - (left as number)];
}

/** As Python's `round`. */
function halfToEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
