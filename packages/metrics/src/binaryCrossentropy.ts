/** Binary cross-entropy as a metric. */
import { named, type OptionNames, requireNumber } from "@crease/backend";
import { type BinaryCrossentropyOptions, binaryCrossentropy } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean over all samples of the loss `binaryCrossentropy` (Keras 3 `BinaryCrossentropy`).
 *
 * @example
 * ```ts
 * import { BinaryCrossentropy } from "@crease/metrics";
 * const metric = new BinaryCrossentropy();
 * metric.update([[1], [0]], [[0.5], [0.5]]);
 * metric.result(); // => 0.6931472
 * ```
 */
export class BinaryCrossentropy extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<
    Omit<Omit<BinaryCrossentropyOptions, "axis"> & { readonly name?: string }, "name">
  > = { fromLogits: true, labelSmoothing: true };
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;

  constructor(options: Omit<BinaryCrossentropyOptions, "axis"> & { readonly name?: string } = {}) {
    const { fromLogits = false, labelSmoothing = 0 } = options;
    super(
      (yTrue, yPred) => binaryCrossentropy(yTrue, yPred, { fromLogits, labelSmoothing }),
      named("binaryCrossentropy", options),
    );
    this.fromLogits = fromLogits;
    this.labelSmoothing = labelSmoothing;
    requireNumber(this.name, "labelSmoothing", labelSmoothing, { min: 0, max: 1 });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, labelSmoothing: this.labelSmoothing };
  }
}
