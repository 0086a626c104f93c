/** The categorical hinge loss as a metric. */
import { named } from "@crease/backend";
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
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(categoricalHinge, named("categoricalHinge", options));
  }
}
