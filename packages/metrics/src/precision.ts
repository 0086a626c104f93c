/** The share of right ones among the predicted positives. */
import { named, type OptionNames } from "@crease/backend";
import { type DecisionOptions, DecisionRatio } from "./decisionRatio.ts";

/**
 * `truePositives / (truePositives + falsePositives)`: the share of right ones among the predicted positives; 0 where
 * there are none (Keras 3 `Precision`).
 *
 * @example
 * ```ts
 * import { Precision } from "@crease/metrics";
 * const metric = new Precision();
 * metric.update([1, 1, 0, 0], [0.9, 0.2, 0.6, 0.1]);
 * metric.result(); // => 0.5
 * ```
 */
export class Precision extends DecisionRatio {
  static readonly ownNames: OptionNames<Omit<DecisionOptions, "name">> = {
    thresholds: true,
    topK: true,
    classId: true,
  };
  constructor(options: DecisionOptions = {}) {
    super("falsePositives", named("precision", options));
  }
}
