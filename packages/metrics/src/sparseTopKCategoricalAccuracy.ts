/** How often the class number is among the largest predictions. */
import { named, type OptionNames, requireInteger } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import { inTopK, type TopKOptions } from "./inTopK.ts";
import { labelsBeside } from "./labelsBeside.ts";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * 1 where fewer than `k` predictions of the last axis exceed that of the label, else 0: labels `[n, ...]` or
 * `[n, ..., 1]` with predictions `[n, ..., c]` give `[n, ...]`.
 *
 * @throws ShapeError where the labels do not match the predictions' leading axes.
 * @example
 * ```ts
 * import { sparseTopKCategoricalAccuracy } from "@crease/metrics";
 * sparseTopKCategoricalAccuracy([2, 0], [[0.1, 0.7, 0.2], [0.1, 0.5, 0.4]], { k: 2 }); // => [1. 0.]
 * ```
 */
export function sparseTopKCategoricalAccuracy(yTrue: TensorLike, yPred: TensorLike, options: TopKOptions = {}): Tensor {
  return scope(() => {
    const predictions = asTensor(yPred);
    const labels = labelsBeside("sparseTopKCategoricalAccuracy", yTrue, predictions);
    return inTopK(labels, predictions, options.k ?? 5);
  });
}

/**
 * The share of samples whose class number is among the `k` largest predictions (Keras 3
 * `SparseTopKCategoricalAccuracy`).
 *
 * @example
 * ```ts
 * import { SparseTopKCategoricalAccuracy } from "@crease/metrics";
 * const metric = new SparseTopKCategoricalAccuracy({ k: 2 });
 * metric.update([2, 0], [[0.1, 0.7, 0.2], [0.1, 0.5, 0.4]]);
 * metric.result(); // => 0.5
 * ```
 */
export class SparseTopKCategoricalAccuracy extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<
    Omit<TopKOptions & { readonly fromSortedIds?: boolean; readonly name?: string }, "name">
  > = { k: true, fromSortedIds: true };
  readonly k: number;
  readonly fromSortedIds: boolean;

  constructor(options: TopKOptions & { readonly fromSortedIds?: boolean; readonly name?: string } = {}) {
    const { k = 5, fromSortedIds = false } = options;
    const fn = fromSortedIds ? sortedIds : sparseTopKCategoricalAccuracy;
    super((yTrue, yPred) => fn(yTrue, yPred, { k }), named("sparseTopKCategoricalAccuracy", options));
    this.k = k;
    requireInteger(this.name, "k", k, { min: 1 });
    this.fromSortedIds = fromSortedIds;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), k: this.k, fromSortedIds: this.fromSortedIds };
  }
}

/** Predictions are class numbers, likeliest first: whether the label is among the first `k`. */
function sortedIds(yTrue: Tensor, yPred: Tensor, { k = 5 }: TopKOptions): Tensor {
  const labels = labelsBeside("sparseTopKCategoricalAccuracy", yTrue, yPred);
  const first = yPred.slice("...", [0, k]);
  return first.equal(labels.cast(yPred.dtype).expandDims(-1)).any(-1).cast("float32");
}
