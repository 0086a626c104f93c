/** Metrics that are the share of true positives in something. */
import { requireInteger } from "@crease/backend";
import { divideNoNaN } from "@crease/losses";
import { scope, type Tensor, type TensorLike, type Variable, zeros } from "@crease/tensor";
import { confusion, NEVER } from "./confusion.ts";
import type { ThresholdOptions } from "./confusionCount.ts";
import { Metric, type UpdateOptions } from "./metric.ts";
import { areEven, thresholdList } from "./thresholds.ts";

/** What precision and recall take. */
export interface DecisionOptions extends ThresholdOptions {
  /** Only the `topK` largest predictions of each sample can be a yes; without thresholds, all of them are. */
  readonly topK?: number | null;
  /** Judges this class only. */
  readonly classId?: number | null;
}

/** `truePositives / (truePositives + others)`, `[thresholds]` or a scalar for one threshold; 0 where there are none. */
export abstract class DecisionRatio extends Metric {
  readonly thresholds: readonly number[] | null;
  readonly topK: number | null;
  readonly classId: number | null;
  truePositives: Variable | null = null;
  /** The false positives of precision, the false negatives of recall. */
  others: Variable | null = null;
  readonly #which: "falsePositives" | "falseNegatives";
  readonly #limits: readonly number[];

  /** @throws ValueError for a threshold outside [0, 1]. */
  constructor(which: "falsePositives" | "falseNegatives", options: DecisionOptions) {
    super(options);
    const { thresholds = null, topK = null, classId = null } = options;
    this.thresholds = thresholds === null ? null : thresholdList(this.name, thresholds);
    if (topK !== null) requireInteger(this.name, "topK", topK, { min: 1 });
    if (classId !== null) requireInteger(this.name, "classId", classId, { min: 0 });
    this.topK = topK;
    this.classId = classId;
    this.#which = which;
    this.#limits = this.thresholds ?? [topK === null ? 0.5 : NEVER];
  }

  /** @throws ShapeError where targets, predictions and weights do not fit each other. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const { topK, classId } = this;
      const { sampleWeight } = options;
      const limits = { thresholds: this.#limits, even: areEven(this.#limits) };
      const { truePositives, [this.#which]: others } = confusion(this.name, yTrue, yPred, {
        ...limits,
        topK,
        classId,
        sampleWeight,
      });
      this.truePositives ??= this.makeState("truePositives", truePositives.shape, truePositives.backend);
      this.others ??= this.makeState(this.#which, others.shape, others.backend);
      this.truePositives.assign(truePositives.add(this.truePositives));
      this.others.assign(others.add(this.others));
    });
  }

  override result(): Tensor {
    return scope(() => {
      const { truePositives, others } = this;
      const isNew = truePositives === null || others === null;
      const ratio = isNew
        ? zeros([this.#limits.length])
        : divideNoNaN(truePositives.value, truePositives.value.add(others));
      return this.#limits.length === 1 ? ratio.squeeze(0) : ratio;
    });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), thresholds: this.thresholds, topK: this.topK, classId: this.classId };
  }
}
