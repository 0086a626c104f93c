/** The squared error of logarithms as a metric. */
import { named } from "@crease/backend";
import { meanSquaredLogarithmicError } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `meanSquaredLogarithmicError` (Keras 3 `MeanSquaredLogarithmicError`).
 *
 * @example
 * ```ts
 * import { MeanSquaredLogarithmicError } from "@crease/metrics";
 * const metric = new MeanSquaredLogarithmicError();
 * metric.update([[1]], [[3]]);
 * metric.result(); // => 0.480453
 * ```
 */
export class MeanSquaredLogarithmicError extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(meanSquaredLogarithmicError, named("meanSquaredLogarithmicError", options));
  }
}
