/** The hinge loss as a metric. */
import { hinge } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `hinge` (Keras 3 `Hinge`).
 *
 * @example
 * ```ts
 * import { Hinge } from "@crease/metrics";
 * const metric = new Hinge();
 * metric.update([[1, -1]], [[0.5, 2]]);
 * metric.result(); // => 1.75
 * ```
 */
export class Hinge extends MeanMetricWrapper {
  constructor(options: { readonly name?: string } = {}) {
    super(hinge, { name: "hinge", ...options });
  }
}
