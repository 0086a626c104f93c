/** How often yes-or-no predictions are right. */
import { named, type OptionNames, requireNumber } from "@crease/backend";
import { alignTargets } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/** Where no ends and yes begins. */
export interface BinaryAccuracyOptions {
  /** A prediction above it means 1; 0.5 unless given. */
  readonly threshold?: number;
}

/**
 * 1 where `yTrue == (yPred > threshold)`, else 0, in the shape of the predictions.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { binaryAccuracy } from "@crease/metrics";
 * binaryAccuracy([[1, 0], [1, 1]], [[0.9, 0.2], [0.6, 0.5]]); // => [[1. 1.] [1. 0.]]
 * ```
 */
export function binaryAccuracy(yTrue: TensorLike, yPred: TensorLike, options: BinaryAccuracyOptions = {}): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("binaryAccuracy", yTrue, yPred);
    const decisions = predictions.greater(options.threshold ?? 0.5).cast(targets.dtype);
    return targets.equal(decisions).cast("float32");
  });
}

/**
 * The share of predictions that lie on the right side of the threshold (Keras 3 `BinaryAccuracy`).
 *
 * @throws ValueError for a threshold outside (0, 1).
 * @example
 * ```ts
 * import { BinaryAccuracy } from "@crease/metrics";
 * const metric = new BinaryAccuracy();
 * metric.update([[1], [1], [0], [0]], [[0.98], [1], [0], [0.6]]);
 * metric.result(); // => 0.75
 * ```
 */
export class BinaryAccuracy extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<Omit<BinaryAccuracyOptions & { readonly name?: string }, "name">> = {
    threshold: true,
  };
  readonly threshold: number;

  constructor(options: BinaryAccuracyOptions & { readonly name?: string } = {}) {
    const { threshold = 0.5 } = options;
    requireNumber("BinaryAccuracy", "threshold", threshold, { above: 0, below: 1 });
    super((yTrue, yPred) => binaryAccuracy(yTrue, yPred, { threshold }), named("binaryAccuracy", options));
    this.threshold = threshold;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), threshold: this.threshold };
  }
}
