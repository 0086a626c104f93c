/** The mean absolute error as a metric. */
import { named } from "@crease/backend";
import { meanAbsoluteError } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of `mean(|yTrue - yPred|)` (Keras 3 `MeanAbsoluteError`).
 *
 * @example
 * ```ts
 * import { MeanAbsoluteError } from "@crease/metrics";
 * const metric = new MeanAbsoluteError();
 * metric.update([[0, 1], [2, 2]], [[1, 1], [0, 0]]);
 * metric.result(); // => 1.25
 * ```
 */
export class MeanAbsoluteError extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(meanAbsoluteError, named("meanAbsoluteError", options));
  }
}
