/** How often the largest prediction is at the class number. */
import { named } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import { labelsBeside } from "./labelsBeside.ts";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * 1 where the largest prediction of the last axis is at the label, else 0: labels `[n, ...]` or `[n, ..., 1]` with
 * predictions `[n, ..., c]` give `[n, ...]`; of equal entries the first counts.
 *
 * @throws ShapeError where the labels do not match the predictions' leading axes.
 * @example
 * ```ts
 * import { sparseCategoricalAccuracy } from "@crease/metrics";
 * sparseCategoricalAccuracy([1, 0], [[0.1, 0.9], [0.4, 0.6]]); // => [1. 0.]
 * ```
 */
export function sparseCategoricalAccuracy(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const predictions = asTensor(yPred);
    const labels = labelsBeside("sparseCategoricalAccuracy", yTrue, predictions);
    return labels.equal(predictions.argMax(-1)).cast("float32");
  });
}

/**
 * The share of samples whose largest prediction is at the class number (Keras 3 `SparseCategoricalAccuracy`).
 *
 * @example
 * ```ts
 * import { SparseCategoricalAccuracy } from "@crease/metrics";
 * const metric = new SparseCategoricalAccuracy();
 * metric.update([2, 1], [[0.1, 0.6, 0.3], [0.05, 0.95, 0]]);
 * metric.result(); // => 0.5
 * ```
 */
export class SparseCategoricalAccuracy extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(sparseCategoricalAccuracy, named("sparseCategoricalAccuracy", options));
  }
}
