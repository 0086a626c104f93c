/** The hinge loss as a metric. */
import { named } from "@crease/backend";
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
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(hinge, named("hinge", options));
  }
}
