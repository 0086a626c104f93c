/** Sparse categorical cross-entropy as a metric. */
import { named, type OptionNames, requireInteger } from "@crease/backend";
import { type SparseCategoricalCrossentropyOptions, sparseCategoricalCrossentropy } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `sparseCategoricalCrossentropy`; samples of `ignoreClass` count with 0, as in
 * Keras 3 `SparseCategoricalCrossentropy`.
 *
 * @example
 * ```ts
 * import { SparseCategoricalCrossentropy } from "@crease/metrics";
 * const metric = new SparseCategoricalCrossentropy();
 * metric.update([1, 0], [[0.5, 0.5], [0.5, 0.5]]);
 * metric.result(); // => 0.6931472
 * ```
 */
export class SparseCategoricalCrossentropy extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<
    Omit<SparseCategoricalCrossentropyOptions & { readonly name?: string }, "name">
  > = { fromLogits: true, ignoreClass: true, axis: true };
  readonly fromLogits: boolean;
  readonly ignoreClass: number | null;
  readonly axis: number;

  constructor(options: SparseCategoricalCrossentropyOptions & { readonly name?: string } = {}) {
    const { fromLogits = false, ignoreClass = null, axis = -1 } = options;
    super(
      (yTrue, yPred) => sparseCategoricalCrossentropy(yTrue, yPred, { fromLogits, ignoreClass, axis }),
      named("sparseCategoricalCrossentropy", options),
    );
    this.fromLogits = fromLogits;
    this.ignoreClass = ignoreClass;
    this.axis = axis;
    if (ignoreClass !== null) requireInteger(this.name, "ignoreClass", ignoreClass);
    requireInteger(this.name, "axis", axis);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, ignoreClass: this.ignoreClass, axis: this.axis };
  }
}
