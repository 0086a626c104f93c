/** How often the largest prediction is at the one-hot label. */
import { named } from "@crease/backend";
import { alignTargets } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * 1 where the largest entries of targets and predictions are at one place of the last axis, else 0: `[n, ..., c]`
 * gives `[n, ...]`; of equal entries the first counts.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { categoricalAccuracy } from "@crease/metrics";
 * categoricalAccuracy([[0, 1], [1, 0]], [[0.1, 0.9], [0.4, 0.6]]); // => [1. 0.]
 * ```
 */
export function categoricalAccuracy(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("categoricalAccuracy", yTrue, yPred);
    return targets.argMax(-1).equal(predictions.argMax(-1)).cast("float32");
  });
}

/**
 * The share of samples whose largest prediction is at the one-hot label (Keras 3 `CategoricalAccuracy`).
 *
 * @example
 * ```ts
 * import { CategoricalAccuracy } from "@crease/metrics";
 * const metric = new CategoricalAccuracy();
 * metric.update([[0, 0, 1], [0, 1, 0]], [[0.1, 0.9, 0.8], [0.05, 0.95, 0]]);
 * metric.result(); // => 0.5
 * ```
 */
export class CategoricalAccuracy extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(categoricalAccuracy, named("categoricalAccuracy", options));
  }
}
