/** A function or a loss as a metric: the mean of what it gives for each sample. */
import { alignWeights, Loss, type LossFunction } from "@crease/losses";
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import type { UpdateOptions } from "./metric.ts";
import { WeightedMean } from "./weightedMean.ts";

/**
 * The mean over all samples of a function of targets and predictions that gives one value for each, or of a loss
 * (whose reduction then does not matter); what the predictions' `mask` leaves out does not count (Keras 3
 * `MeanMetricWrapper`).
 *
 * @example
 * ```ts
 * import { MeanMetricWrapper } from "@crease/metrics";
 * const metric = new MeanMetricWrapper((yTrue, yPred) => yTrue.sub(yPred).abs().max(-1));
 * metric.update([[1, 2], [0, 0]], [[2, 5], [0, 1]]);
 * metric.result(); // => 2.0
 * ```
 */
export class MeanMetricWrapper extends WeightedMean<[yTrue: TensorLike, yPred: TensorLike, options?: UpdateOptions]> {
  readonly fn: LossFunction;

  constructor(fn: LossFunction | Loss, options: { readonly name?: string } = {}) {
    super({ name: fn.name || "metric", ...options });
    this.fn = fn instanceof Loss ? (yTrue, yPred) => fn.call(yTrue, yPred) : fn;
  }

  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const predictions = asTensor(yPred);
      const targets = asTensor(yTrue, { backend: predictions.backend });
      const values = this.fn(targets, predictions);
      this.add(values, masked(this.name, values, predictions.mask, options.sampleWeight));
    });
  }
}

/** Weights that are 0 where a mask leaves a value out. */
function masked(
  op: string,
  values: Tensor,
  mask: Tensor | undefined,
  sampleWeight: TensorLike | undefined,
): TensorLike | undefined {
  if (mask === undefined) return sampleWeight;
  const kept = alignWeights(op, mask, values);
  return sampleWeight === undefined ? kept : kept.mul(alignWeights(op, sampleWeight, values));
}
