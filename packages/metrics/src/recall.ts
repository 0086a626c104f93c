/** The share of found ones among the positive labels. */
import { named, type OptionNames } from "@crease/backend";
import { type DecisionOptions, DecisionRatio } from "./decisionRatio.ts";

/**
 * `truePositives / (truePositives + falseNegatives)`: the share of found ones among the positive labels; 0 where there
 * are none (Keras 3 `Recall`).
 *
 * @example
 * ```ts
 * import { Recall } from "@crease/metrics";
 * const metric = new Recall();
 * metric.update([1, 1, 0, 0], [0.9, 0.2, 0.6, 0.1]);
 * metric.result(); // => 0.5
 * ```
 */
export class Recall extends DecisionRatio {
  static readonly ownNames: OptionNames<Omit<DecisionOptions, "name">> = {
    thresholds: true,
    topK: true,
    classId: true,
  };
  constructor(options: DecisionOptions = {}) {
    super("falseNegatives", named("recall", options));
  }
}
