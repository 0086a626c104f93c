/** The mean squared error as a metric. */
import { named } from "@crease/backend";
import { meanSquaredError } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of `mean((yTrue - yPred)^2)` (Keras 3 `MeanSquaredError`).
 *
 * @example
 * ```ts
 * import { MeanSquaredError } from "@crease/metrics";
 * const metric = new MeanSquaredError();
 * metric.update([[0, 1], [2, 2]], [[1, 1], [0, 0]]);
 * metric.result(); // => 2.25
 * ```
 */
export class MeanSquaredError extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(meanSquaredError, named("meanSquaredError", options));
  }
}
