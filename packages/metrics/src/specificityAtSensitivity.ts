/** The best specificity that goes with enough sensitivity. */
import { named, type OptionNames } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { BestUnderLimit, type BestUnderLimitOptions, share } from "./bestUnderLimit.ts";
import type { Confusion } from "./confusion.ts";

/** What `SpecificityAtSensitivity` takes. */
export interface SpecificityAtSensitivityOptions extends BestUnderLimitOptions {
  /** The sensitivity that must be reached, 0 to 1. */
  readonly sensitivity: number;
}

/**
 * The largest specificity, the true negative rate, at all thresholds whose sensitivity, the true positive rate, is at least
 * `sensitivity`; 0 if there is none (Keras 3 `SpecificityAtSensitivity`).
 *
 * @throws ValueError for a sensitivity outside [0, 1] or no threshold.
 * @example
 * ```ts
 * import { SpecificityAtSensitivity } from "@crease/metrics";
 * const metric = new SpecificityAtSensitivity({ sensitivity: 0.5 });
 * metric.update([0, 0, 0, 1, 1], [0, 0.3, 0.8, 0.3, 0.8]);
 * metric.result(); // => 0.6666667
 * ```
 */
export class SpecificityAtSensitivity extends BestUnderLimit {
  static readonly ownNames: OptionNames<Omit<SpecificityAtSensitivityOptions, "name">> = {
    numThresholds: true,
    classId: true,
    sensitivity: true,
  };
  readonly sensitivity: number;

  constructor(options: SpecificityAtSensitivityOptions) {
    super("sensitivity", options.sensitivity, named("specificityAtSensitivity", options));
    this.sensitivity = options.sensitivity;
  }

  protected override rates(c: Confusion): readonly [Tensor, Tensor] {
    return [share(c.truePositives, c.falseNegatives), share(c.trueNegatives, c.falsePositives)];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), sensitivity: this.sensitivity };
  }
}
