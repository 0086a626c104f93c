/** The negative log-likelihood of counts as a metric. */
import { named } from "@crease/backend";
import { poisson } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `poisson` (Keras 3 `Poisson`).
 *
 * @example
 * ```ts
 * import { Poisson } from "@crease/metrics";
 * const metric = new Poisson();
 * metric.update([[1, 2]], [[1, 1]]);
 * metric.result(); // => 0.9999998
 * ```
 */
export class Poisson extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(poisson, named("poisson", options));
  }
}
