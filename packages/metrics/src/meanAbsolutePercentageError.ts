/** The percentage error as a metric. */
import { named } from "@crease/backend";
import { meanAbsolutePercentageError } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `meanAbsolutePercentageError` (Keras 3 `MeanAbsolutePercentageError`).
 *
 * @example
 * ```ts
 * import { MeanAbsolutePercentageError } from "@crease/metrics";
 * const metric = new MeanAbsolutePercentageError();
 * metric.update([[2, 4]], [[1, 5]]);
 * metric.result(); // => 37.5
 * ```
 */
export class MeanAbsolutePercentageError extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(meanAbsolutePercentageError, named("meanAbsolutePercentageError", options));
  }
}
