/** The logarithm of the hyperbolic cosine of the error as a metric. */
import { named } from "@crease/backend";
import { logCosh } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `logCosh` (Keras 3 `LogCoshError`).
 *
 * @example
 * ```ts
 * import { LogCoshError } from "@crease/metrics";
 * const metric = new LogCoshError();
 * metric.update([[0]], [[1]]);
 * metric.result(); // => 0.4337808
 * ```
 */
export class LogCoshError extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(logCosh, named("logcosh", options));
  }
}
