/** Categorical cross-entropy as a metric. */
import { named, type OptionNames, requireInteger, requireNumber } from "@crease/backend";
import { type CategoricalCrossentropyOptions, categoricalCrossentropy } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `categoricalCrossentropy` (Keras 3 `CategoricalCrossentropy`).
 *
 * @example
 * ```ts
 * import { CategoricalCrossentropy } from "@crease/metrics";
 * const metric = new CategoricalCrossentropy();
 * metric.update([[0, 1]], [[0.5, 0.5]]);
 * metric.result(); // => 0.6931472
 * ```
 */
export class CategoricalCrossentropy extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<Omit<CategoricalCrossentropyOptions & { readonly name?: string }, "name">> = {
    fromLogits: true,
    labelSmoothing: true,
    axis: true,
  };
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: CategoricalCrossentropyOptions & { readonly name?: string } = {}) {
    const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
    super(
      (yTrue, yPred) => categoricalCrossentropy(yTrue, yPred, { fromLogits, labelSmoothing, axis }),
      named("categoricalCrossentropy", options),
    );
    this.fromLogits = fromLogits;
    this.labelSmoothing = labelSmoothing;
    this.axis = axis;
    requireNumber(this.name, "labelSmoothing", labelSmoothing, { min: 0, max: 1 });
    requireInteger(this.name, "axis", axis);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, labelSmoothing: this.labelSmoothing, axis: this.axis };
  }
}
