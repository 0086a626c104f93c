/** Metrics that are one count of decisions. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike, type Variable, zeros } from "@crease/tensor";
import { type Confusion, confusion } from "./confusion.ts";
import { Metric, type UpdateOptions } from "./metric.ts";
import { areEven, thresholdList } from "./thresholds.ts";

/** What counts of decisions take. */
export interface ThresholdOptions {
  /** A prediction above it is a yes, 0.5 unless given; several give a result for each. */
  readonly thresholds?: number | readonly number[] | null;
  readonly name?: string;
}

/** One of the four counts, `[thresholds]` or a scalar for one threshold (Keras 3 `_ConfusionMatrixConditionCount`). */
export abstract class ConfusionCount extends Metric {
  readonly thresholds: readonly number[];
  /** The count at each threshold. */
  accumulator: Variable | null = null;
  readonly #which: keyof Confusion;

  /** @throws ValueError for a threshold outside [0, 1]. */
  constructor(which: keyof Confusion, options: ThresholdOptions) {
    super(named(which, options));
    this.#which = which;
    this.thresholds = thresholdList(this.name, options.thresholds ?? 0.5);
  }

  /** @throws ShapeError where targets, predictions and weights do not fit each other. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const { thresholds, name } = this;
      const counted = confusion(name, yTrue, yPred, {
        thresholds,
        even: areEven(thresholds),
        sampleWeight: options.sampleWeight,
      })[this.#which];
      this.accumulator ??= this.makeState("accumulator", counted.shape, counted.backend);
      this.accumulator.assign(counted.add(this.accumulator));
    });
  }

  override result(): Tensor {
    return scope(() => {
      const counts = this.accumulator?.value ?? zeros([this.thresholds.length]);
      return this.thresholds.length === 1 ? counts.squeeze(0) : counts;
    });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), thresholds: this.thresholds };
  }
}
