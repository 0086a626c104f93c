/** The squared hinge loss as a metric. */
import { named } from "@crease/backend";
import { squaredHinge } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `squaredHinge` (Keras 3 `SquaredHinge`).
 *
 * @example
 * ```ts
 * import { SquaredHinge } from "@crease/metrics";
 * const metric = new SquaredHinge();
 * metric.update([[1, -1]], [[0.5, 2]]);
 * metric.result(); // => 4.625
 * ```
 */
export class SquaredHinge extends MeanMetricWrapper {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(squaredHinge, named("squaredHinge", options));
  }
}
