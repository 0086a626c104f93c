/** The sum of values. */
import { named } from "@crease/backend";
import { alignWeights } from "@crease/losses";
import { asTensor, scope, type Tensor, type TensorLike, tensor, type Variable } from "@crease/tensor";
import { Metric, type UpdateOptions } from "./metric.ts";

/**
 * The weighted sum of the values given: `sum(w x)` (Keras 3 `Sum`).
 *
 * @example
 * ```ts
 * import { Sum } from "@crease/metrics";
 * const sum = new Sum();
 * sum.update([1, 3, 5], { sampleWeight: [1, 1, 0] });
 * sum.result(); // => 4.0
 * ```
 */
export class Sum extends Metric<[values: TensorLike, options?: UpdateOptions]> {
  static readonly ownNames: object = {};
  total: Variable | null = null;

  constructor(options: { readonly name?: string } = {}) {
    super(named("sum", options));
  }

  override update(values: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const x = asTensor(values).cast("float32");
      this.total ??= this.makeState("total", [], x.backend);
      const { sampleWeight } = options;
      const added = sampleWeight === undefined ? x.sum() : x.mul(alignWeights(this.name, sampleWeight, x)).sum();
      this.total.assign(added.add(this.total));
    });
  }

  override result(): Tensor {
    return this.total?.value ?? tensor(0);
  }
}
