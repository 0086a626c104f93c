/** The mean of values. */
import { named } from "@crease/backend";
import { asTensor, scope, type TensorLike } from "@crease/tensor";
import type { UpdateOptions } from "./metric.ts";
import { WeightedMean } from "./weightedMean.ts";

/**
 * The weighted mean of the values given: `sum(w x) / sum(w)` (Keras 3 `Mean`).
 *
 * @example
 * ```ts
 * import { Mean } from "@crease/metrics";
 * const mean = new Mean();
 * mean.update([1, 3]);
 * mean.update([8]);
 * mean.result(); // => 4.0
 * ```
 */
export class Mean extends WeightedMean<[values: TensorLike, options?: UpdateOptions]> {
  static readonly ownNames: object = {};
  constructor(options: { readonly name?: string } = {}) {
    super(named("mean", options));
  }

  override update(values: TensorLike, options: UpdateOptions = {}): void {
    scope(() => this.add(asTensor(values), options.sampleWeight));
  }
}
