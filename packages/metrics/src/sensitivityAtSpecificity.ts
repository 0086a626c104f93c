/** The best sensitivity that goes with enough specificity. */
import { named, type OptionNames } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { BestUnderLimit, type BestUnderLimitOptions, share } from "./bestUnderLimit.ts";
import type { Confusion } from "./confusion.ts";

/** What `SensitivityAtSpecificity` takes. */
export interface SensitivityAtSpecificityOptions extends BestUnderLimitOptions {
  /** The specificity that must be reached, 0 to 1. */
  readonly specificity: number;
}

/**
 * The largest sensitivity, the true positive rate, at all thresholds whose specificity, the true negative rate, is at least
 * `specificity`; 0 if there is none (Keras 3 `SensitivityAtSpecificity`).
 *
 * @throws ValueError for a specificity outside [0, 1] or no threshold.
 * @example
 * ```ts
 * import { SensitivityAtSpecificity } from "@crease/metrics";
 * const metric = new SensitivityAtSpecificity({ specificity: 0.5 });
 * metric.update([0, 0, 0, 1, 1], [0, 0.3, 0.8, 0.3, 0.8]);
 * metric.result(); // => 0.5
 * ```
 */
export class SensitivityAtSpecificity extends BestUnderLimit {
  static readonly ownNames: OptionNames<Omit<SensitivityAtSpecificityOptions, "name">> = {
    numThresholds: true,
    classId: true,
    specificity: true,
  };
  readonly specificity: number;

  constructor(options: SensitivityAtSpecificityOptions) {
    super("specificity", options.specificity, named("sensitivityAtSpecificity", options));
    this.specificity = options.specificity;
  }

  protected override rates(c: Confusion): readonly [Tensor, Tensor] {
    return [share(c.trueNegatives, c.falsePositives), share(c.truePositives, c.falseNegatives)];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), specificity: this.specificity };
  }
}
