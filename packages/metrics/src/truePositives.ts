/** The number of true positives. */
import type { OptionNames } from "@crease/backend";
import { ConfusionCount, type ThresholdOptions } from "./confusionCount.ts";

/**
 * The weighted number of true positives: label 1, prediction above the threshold (Keras 3 `TruePositives`).
 *
 * @example
 * ```ts
 * import { TruePositives } from "@crease/metrics";
 * const metric = new TruePositives();
 * metric.update([1, 1, 1, 0, 0, 0], [0.9, 0.8, 0.1, 0.7, 0.2, 0.3]);
 * metric.result(); // => 2.0
 * ```
 */
export class TruePositives extends ConfusionCount {
  static readonly ownNames: OptionNames<Omit<ThresholdOptions, "name">> = { thresholds: true };
  constructor(options: ThresholdOptions = {}) {
    super("truePositives", options);
  }
}
