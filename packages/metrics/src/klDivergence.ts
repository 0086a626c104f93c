/** The Kullback-Leibler divergence as a metric. */
import { named } from "@crease/backend";
import { klDivergence } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `klDivergence` (Keras 3 `KLDivergence`).
 *
 * @example
 * ```ts
 * import { KLDivergence } from "@crease/metrics";
 * const metric = new KLDivergence();
 * metric.update([[0.5, 0.5]], [[0.25, 0.75]]);
 * metric.result(); // => 0.1438410
 * ```
 */
export class KLDivergence extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(klDivergence, named("klDivergence", options));
  }
}
