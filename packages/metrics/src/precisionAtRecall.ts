/** The best precision that goes with enough recall. */
import { named, type OptionNames } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { BestUnderLimit, type BestUnderLimitOptions, share } from "./bestUnderLimit.ts";
import type { Confusion } from "./confusion.ts";

/** What `PrecisionAtRecall` takes. */
export interface PrecisionAtRecallOptions extends BestUnderLimitOptions {
  /** The recall that must be reached, 0 to 1. */
  readonly recall: number;
}

/**
 * The largest precision, the share of right ones among the predicted positives, at all thresholds whose recall, the share of the positives that were found, is at least
 * `recall`; 0 if there is none (Keras 3 `PrecisionAtRecall`).
 *
 * @throws ValueError for a recall outside [0, 1] or no threshold.
 * @example
 * ```ts
 * import { PrecisionAtRecall } from "@crease/metrics";
 * const metric = new PrecisionAtRecall({ recall: 0.5 });
 * metric.update([0, 0, 0, 1, 1], [0, 0.3, 0.8, 0.3, 0.8]);
 * metric.result(); // => 0.5
 * ```
 */
export class PrecisionAtRecall extends BestUnderLimit {
  static readonly ownNames: OptionNames<Omit<PrecisionAtRecallOptions, "name">> = {
    numThresholds: true,
    classId: true,
    recall: true,
  };
  readonly recall: number;

  constructor(options: PrecisionAtRecallOptions) {
    super("recall", options.recall, named("precisionAtRecall", options));
    this.recall = options.recall;
  }

  protected override rates(c: Confusion): readonly [Tensor, Tensor] {
    return [share(c.truePositives, c.falseNegatives), share(c.truePositives, c.falsePositives)];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), recall: this.recall };
  }
}
