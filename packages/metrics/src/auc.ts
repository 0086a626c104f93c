/** The area under a curve of decisions. */
import { named, type OptionNames, requireInteger, requireNumber, requireOneOf, ShapeError } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike, tensor, type Variable } from "@crease/tensor";
import { areaUnderCurve, type Curve, type SummationMethod } from "./areaUnderCurve.ts";
import { type Confusion, confusion } from "./confusion.ts";
import { Metric, type UpdateOptions } from "./metric.ts";
import { areEven, thresholdList } from "./thresholds.ts";

/** Which curve, and how finely. */
export interface AUCOptions {
  /** How many thresholds between 0 and 1, ends included; 200 unless given. */
  readonly numThresholds?: number;
  /** Thresholds of one's own between the ends, instead of `numThresholds`. */
  readonly thresholds?: readonly number[] | null;
  /** "ROC", the true over the false positive rate, unless given; "PR", precision over recall. */
  readonly curve?: Curve;
  /** "interpolation" unless given; "minoring" and "majoring" bound the area from below and above. */
  readonly summationMethod?: SummationMethod;
  /** Takes the area of each label, the last axis, and averages them. */
  readonly multiLabel?: boolean;
  /** Number of labels; taken from the first update unless given. */
  readonly numLabels?: number | null;
  /** A weight for each label. */
  readonly labelWeights?: readonly number[] | null;
  /** True where predictions are logits. */
  readonly fromLogits?: boolean;
  readonly name?: string;
}

const curves: readonly string[] = ["ROC", "PR"];
const methods: readonly string[] = ["interpolation", "minoring", "majoring"];

/**
 * The area under the ROC or precision-recall curve, from counts at fixed thresholds (Keras 3 `AUC`).
 *
 * @example
 * ```ts
 * import { AUC } from "@crease/metrics";
 * const metric = new AUC({ numThresholds: 3 });
 * metric.update([0, 0, 1, 1], [0, 0.5, 0.3, 0.9]);
 * metric.result(); // => 0.75
 * ```
 */
export class AUC extends Metric {
  static readonly ownNames: OptionNames<Omit<AUCOptions, "name">> = {
    numThresholds: true,
    thresholds: true,
    curve: true,
    summationMethod: true,
    multiLabel: true,
    numLabels: true,
    labelWeights: true,
    fromLogits: true,
  };
  readonly numThresholds: number;
  readonly thresholds: readonly number[] | null;
  readonly curve: Curve;
  readonly summationMethod: SummationMethod;
  readonly multiLabel: boolean;
  readonly numLabels: number | null;
  readonly labelWeights: readonly number[] | null;
  readonly fromLogits: boolean;
  truePositives: Variable | null = null;
  falsePositives: Variable | null = null;
  trueNegatives: Variable | null = null;
  falseNegatives: Variable | null = null;
  readonly #limits: readonly number[];
  readonly #even: boolean;

  /**
   * @throws ValueError for an unknown curve or summation method, a threshold outside [0, 1], or fewer than 2
   * thresholds.
   */
  constructor(options: AUCOptions = {}) {
    super(named("auc", options));
    const { thresholds = null, numThresholds = 200, curve = "ROC", summationMethod = "interpolation" } = options;
    requireOneOf("AUC", "curve", curve, curves);
    requireOneOf("AUC", "summationMethod", summationMethod, methods);
    if (thresholds === null) requireInteger("AUC", "numThresholds", numThresholds, { min: 2 });
    if (options.numLabels != null) requireInteger("AUC", "numLabels", options.numLabels, { min: 1 });
    for (const weight of options.labelWeights ?? []) requireNumber("AUC", "a label weight", weight, { min: 0 });
    const inner =
      thresholds === null ? evenly(numThresholds) : [...thresholdList("AUC", thresholds)].sort((a, b) => a - b);
    this.thresholds = thresholds;
    this.numThresholds = inner.length + 2;
    this.curve = curve;
    this.summationMethod = summationMethod;
    this.multiLabel = options.multiLabel ?? false;
    this.numLabels = options.numLabels ?? null;
    this.labelWeights = options.labelWeights ?? null;
    this.fromLogits = options.fromLogits ?? false;
    // beyond 0 and 1, so that a prediction of exactly 0 or 1 is above the first and not above the last
    this.#limits = [-1e-7, ...inner, 1 + 1e-7];
    this.#even = thresholds === null || areEven([0, ...inner, 1]);
  }

  /**
   * @throws ShapeError where targets, predictions and weights do not fit each other, or labels differ in number from
   * before.
   */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const given = asTensor(yPred);
      const counts = confusion(this.name, yTrue, this.fromLogits ? given.sigmoid() : given, {
        thresholds: this.#limits,
        even: this.#even,
        multiLabel: this.multiLabel,
        labelWeights: this.multiLabel ? null : this.labelWeights,
        sampleWeight: options.sampleWeight,
      });
      const labels = counts.truePositives.shape[1];
      if (this.numLabels !== null && labels !== undefined && labels !== this.numLabels)
        throw new ShapeError({
          op: this.name,
          problem: `there are ${labels} labels, not ${this.numLabels}`,
          got: [given],
          fix: "Give `numLabels` columns",
        });
      for (const key of countNames) {
        const counted = counts[key];
        const state = this[key] ?? this.makeState(key, counted.shape, counted.backend);
        this[key] = state;
        state.assign(counted.add(state));
      }
    });
  }

  override result(): Tensor {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this;
    if (!truePositives || !falsePositives || !trueNegatives || !falseNegatives) return tensor(0);
    return scope(() => {
      const counts = {
        truePositives: truePositives.value,
        falsePositives: falsePositives.value,
        trueNegatives: trueNegatives.value,
        falseNegatives: falseNegatives.value,
      };
      const area = areaUnderCurve(counts, this.curve, this.summationMethod);
      if (!this.multiLabel) return area;
      const { labelWeights } = this;
      if (labelWeights === null) return area.mean();
      return area
        .mul([...labelWeights])
        .sum()
        .div(labelWeights.reduce((sum, w) => sum + w, 0) || 1);
    });
  }

  override getConfig(): Record<string, unknown> {
    const { numThresholds, thresholds, curve, summationMethod, multiLabel, numLabels, labelWeights, fromLogits } = this;
    return {
      ...super.getConfig(),
      numThresholds,
      thresholds,
      curve,
      summationMethod,
      multiLabel,
      numLabels,
      labelWeights,
      fromLogits,
    };
  }
}

const countNames: readonly (keyof Confusion)[] = ["truePositives", "falsePositives", "trueNegatives", "falseNegatives"];

/** The thresholds between the ends. */
function evenly(count: number): number[] {
  return Array.from({ length: count - 2 }, (_, i) => (i + 1) / (count - 1));
}
