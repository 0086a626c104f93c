/** How often predictions equal targets. */
import { alignTargets } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The share of equal entries along the last axis: `mean(yTrue == yPred)`, `[n, ..., k]` gives `[n, ...]`.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { accuracy } from "@crease/metrics";
 * accuracy([[1, 2], [3, 4]], [[1, 2], [3, 5]]); // => [1.  0.5]
 * ```
 */
export function accuracy(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("accuracy", yTrue, yPred);
    return targets.equal(predictions).cast("float32").mean(-1);
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
  constructor(options: { readonly name?: string } = {}) {
    super(accuracy, { name: "accuracy", ...options });
  }
}
