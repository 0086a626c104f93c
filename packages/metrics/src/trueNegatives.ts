/** The number of true negatives. */
import type { OptionNames } from "@crease/backend";
import { ConfusionCount, type ThresholdOptions } from "./confusionCount.ts";

/**
 * The weighted number of true negatives: label 0, prediction not above the threshold (Keras 3 `TrueNegatives`).
 *
 * @example
 * ```ts
 * import { TrueNegatives } from "@crease/metrics";
 * const metric = new TrueNegatives();
 * metric.update([1, 1, 1, 0, 0, 0], [0.9, 0.8, 0.1, 0.7, 0.2, 0.3]);
 * metric.result(); // => 2.0
 * ```
 */
export class TrueNegatives extends ConfusionCount {
  static readonly ownNames: OptionNames<Omit<ThresholdOptions, "name">> = { thresholds: true };
  constructor(options: ThresholdOptions = {}) {
    super("trueNegatives", options);
  }
}
