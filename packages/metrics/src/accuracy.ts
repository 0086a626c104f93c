/** How often predictions equal targets. */
import { named } from "@crease/backend";
import { alignTargets } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * 1 where a prediction equals its target, else 0, in the shape of the predictions.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { accuracy } from "@crease/metrics";
 * accuracy([[1, 2], [3, 4]], [[1, 2], [3, 5]]); // => [[1. 1.] [1. 0.]]
 * ```
 */
export function accuracy(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("accuracy", yTrue, yPred);
    return targets.equal(predictions).cast("float32");
  });
}

/**
 * The share of predictions that equal their targets (Keras 3 `Accuracy`).
 *
 * @example
 * ```ts
 * import { Accuracy } from "@crease/metrics";
 * const metric = new Accuracy();
 * metric.update([[1], [2], [3], [4]], [[0], [2], [3], [4]]);
 * metric.result(); // => 0.75
 * ```
 */
export class Accuracy extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(accuracy, named("accuracy", options));
  }
}
