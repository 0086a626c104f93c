/** The best recall that goes with enough precision. */
import { named, type OptionNames } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { BestUnderLimit, type BestUnderLimitOptions, share } from "./bestUnderLimit.ts";
import type { Confusion } from "./confusion.ts";

/** What `RecallAtPrecision` takes. */
export interface RecallAtPrecisionOptions extends BestUnderLimitOptions {
  /** The precision that must be reached, 0 to 1. */
  readonly precision: number;
}

/**
 * The largest recall, the share of the positives that were found, at all thresholds whose precision, the share of right ones among the predicted positives, is at least
 * `precision`; 0 if there is none (Keras 3 `RecallAtPrecision`).
 *
 * @throws ValueError for a precision outside [0, 1] or no threshold.
 * @example
 * ```ts
 * import { RecallAtPrecision } from "@crease/metrics";
 * const metric = new RecallAtPrecision({ precision: 0.5 });
 * metric.update([0, 0, 0, 1, 1], [0, 0.3, 0.8, 0.3, 0.8]);
 * metric.result(); // => 1.0
 * ```
 */
export class RecallAtPrecision extends BestUnderLimit {
  static readonly ownNames: OptionNames<Omit<RecallAtPrecisionOptions, "name">> = {
    numThresholds: true,
    classId: true,
    precision: true,
  };
  readonly precision: number;

  constructor(options: RecallAtPrecisionOptions) {
    super("precision", options.precision, named("recallAtPrecision", options));
    this.precision = options.precision;
  }

  protected override rates(c: Confusion): readonly [Tensor, Tensor] {
    return [share(c.truePositives, c.falsePositives), share(c.truePositives, c.falseNegatives)];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), precision: this.precision };
  }
}
