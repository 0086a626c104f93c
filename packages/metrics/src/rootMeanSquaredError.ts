/** The root of the mean squared error. */
import { named } from "@crease/backend";
import { alignTargets } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import type { UpdateOptions } from "./metric.ts";
import { WeightedMean } from "./weightedMean.ts";

/**
 * `sqrt(mean((yTrue - yPred)^2))` over all samples (Keras 3 `RootMeanSquaredError`).
 *
 * @example
 * ```ts
 * import { RootMeanSquaredError } from "@crease/metrics";
 * const metric = new RootMeanSquaredError();
 * metric.update([[0, 1], [2, 2]], [[1, 1], [0, 0]]);
 * metric.result(); // => 1.5
 * ```
 */
export class RootMeanSquaredError extends WeightedMean<
  [yTrue: TensorLike, yPred: TensorLike, options?: UpdateOptions]
> {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(named("rootMeanSquaredError", options));
  }

  /** @throws ShapeError where targets and predictions differ in shape. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const [targets, predictions] = alignTargets(this.name, yTrue, yPred);
      this.add(targets.sub(predictions).square(), options.sampleWeight);
    });
  }

  override result(): Tensor {
    return scope(() => super.result().sqrt());
  }
}
