/** The number of false positives. */
import type { OptionNames } from "@crease/backend";
import { ConfusionCount, type ThresholdOptions } from "./confusionCount.ts";

/**
 * The weighted number of false positives: label 0, prediction above the threshold (Keras 3 `FalsePositives`).
 *
 * @example
 * ```ts
 * import { FalsePositives } from "@crease/metrics";
 * const metric = new FalsePositives();
 * metric.update([1, 1, 1, 0, 0, 0], [0.9, 0.8, 0.1, 0.7, 0.2, 0.3]);
 * metric.result(); // => 1.0
 * ```
 */
export class FalsePositives extends ConfusionCount {
  static readonly ownNames: OptionNames<Omit<ThresholdOptions, "name">> = { thresholds: true };
  constructor(options: ThresholdOptions = {}) {
    super("falsePositives", options);
  }
}
