/** Metrics that are the best of one rate at all thresholds where another is high enough. */
import { requireInteger, requireNumber } from "@crease/backend";
import { divideNoNaN } from "@crease/losses";
import { scope, type Tensor, type TensorLike, tensor, type Variable, where } from "@crease/tensor";
import { type Confusion, confusion } from "./confusion.ts";
import { Metric, type UpdateOptions } from "./metric.ts";

/** What all of these metrics take. */
export interface BestUnderLimitOptions {
  /** How many thresholds from 0 to 1, ends included; 200 unless given. One is at 0.5. */
  readonly numThresholds?: number;
  /** Judges this class only. */
  readonly classId?: number | null;
  readonly name?: string;
}

/** Counts at the thresholds, and the largest rate among those allowed (Keras 3 `SensitivitySpecificityBase`). */
export abstract class BestUnderLimit extends Metric {
  readonly numThresholds: number;
  readonly classId: number | null;
  truePositives: Variable | null = null;
  falsePositives: Variable | null = null;
  trueNegatives: Variable | null = null;
  falseNegatives: Variable | null = null;
  readonly #limit: number;
  readonly #thresholds: readonly number[];

  /** @throws ValueError for a limit outside [0, 1] or no threshold. */
  constructor(what: string, limit: number, options: BestUnderLimitOptions) {
    super(options);
    const { numThresholds = 200, classId = null } = options;
    requireNumber(this.name, what, limit, { min: 0, max: 1 });
    requireInteger(this.name, "numThresholds", numThresholds, { min: 1 });
    if (classId !== null) requireInteger(this.name, "classId", classId, { min: 0 });
    this.numThresholds = numThresholds;
    this.classId = classId;
    this.#limit = limit;
    this.#thresholds =
      numThresholds === 1 ? [0.5] : Array.from({ length: numThresholds }, (_, i) => i / (numThresholds - 1));
  }

  /** At each threshold the rate that must reach the limit, and the one that is wanted. */
  protected abstract rates(counts: Confusion): readonly [limited: Tensor, wanted: Tensor];

  /** @throws ShapeError where targets, predictions and weights do not fit each other. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const counts = confusion(this.name, yTrue, yPred, {
        thresholds: this.#thresholds,
        even: this.#thresholds.length > 1,
        classId: this.classId,
        sampleWeight: options.sampleWeight,
      });
      for (const key of countNames) {
        const counted = counts[key];
        this[key] ??= this.makeState(key, counted.shape, counted.backend);
        this[key].assign(counted.add(this[key]));
      }
    });
  }

  override result(): Tensor {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this;
    if (!truePositives || !falsePositives || !trueNegatives || !falseNegatives) return tensor(0);
    return scope(() => {
      const [limited, wanted] = this.rates({
        truePositives: truePositives.value,
        falsePositives: falsePositives.value,
        trueNegatives: trueNegatives.value,
        falseNegatives: falseNegatives.value,
      });
      return where(limited.greaterEqual(this.#limit), wanted, 0).max();
    });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), numThresholds: this.numThresholds, classId: this.classId };
  }
}

const countNames: readonly (keyof Confusion)[] = ["truePositives", "falsePositives", "trueNegatives", "falseNegatives"];

/** `a / (a + b)`, 0 where there are none. */
export function share(a: Tensor, b: Tensor): Tensor {
  return divideNoNaN(a, a.add(b));
}
