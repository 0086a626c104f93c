/** The squared error of logarithms as a metric. */
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
  constructor(options: { readonly name?: string } = {}) {
    super(meanSquaredLogarithmicError, { name: "meanSquaredLogarithmicError", ...options });
  }
}
