/** The number of false negatives. */
import type { OptionNames } from "@crease/backend";
import { ConfusionCount, type ThresholdOptions } from "./confusionCount.ts";

/**
 * The weighted number of false negatives: label 1, prediction not above the threshold (Keras 3 `FalseNegatives`).
 *
 * @example
 * ```ts
 * import { FalseNegatives } from "@crease/metrics";
 * const metric = new FalseNegatives();
 * metric.update([1, 1, 1, 0, 0, 0], [0.9, 0.8, 0.1, 0.7, 0.2, 0.3]);
 * metric.result(); // => 1.0
 * ```
 */
export class FalseNegatives extends ConfusionCount {
  static readonly ownNames: OptionNames<Omit<ThresholdOptions, "name">> = { thresholds: true };
  constructor(options: ThresholdOptions = {}) {
    super("falseNegatives", options);
  }
}
