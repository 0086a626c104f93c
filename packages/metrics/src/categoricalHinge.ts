/** The categorical hinge loss as a metric. */
import { categoricalHinge } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `categoricalHinge` (Keras 3 `CategoricalHinge`).
 *
 * @example
 * ```ts
 * import { CategoricalHinge } from "@crease/metrics";
 * const metric = new CategoricalHinge();
 * metric.update([[0, 1]], [[0.5, 0.75]]);
 * metric.result(); // => 0.75
 * ```
 */
export class CategoricalHinge extends MeanMetricWrapper {
  constructor(options: { readonly name?: string } = {}) {
    super(categoricalHinge, { name: "categoricalHinge", ...options });
  }
}
