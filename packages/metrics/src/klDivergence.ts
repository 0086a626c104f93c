/** The Kullback-Leibler divergence as a metric. */
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
  constructor(options: { readonly name?: string } = {}) {
    super(klDivergence, { name: "klDivergence", ...options });
  }
}
