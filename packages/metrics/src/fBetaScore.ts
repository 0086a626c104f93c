/** The weighted harmonic mean of precision and recall. */
import { named, type OptionNames, requireNumber, requireOneOf, ShapeError } from "@crease/backend";
import { alignTargets, alignWeights } from "@crease/losses";
import { scope, type Tensor, type TensorLike, tensor, type Variable, zeros } from "@crease/tensor";
import { Metric, type UpdateOptions } from "./metric.ts";

/** "micro": of all decisions at once; "macro": the mean over classes; "weighted": that, by the number of labels. */
export type ScoreAverage = "micro" | "macro" | "weighted";

/** How decisions are made and scores put together. */
export interface F1ScoreOptions {
  /** One score for each class unless given. */
  readonly average?: ScoreAverage | null;
  /** A prediction above it is a yes, in (0, 1]; the largest prediction of each sample unless given. */
  readonly threshold?: number | null;
  readonly name?: string;
}

/** As for the F1 score, and what recall counts. */
export interface FBetaScoreOptions extends F1ScoreOptions {
  /** How many times as much recall counts as precision, 1 unless given. */
  readonly beta?: number;
}

const averages: readonly string[] = ["micro", "macro", "weighted"];
/** Keeps divisors from being 0: Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

/**
 * `(1 + beta^2) precision recall / (beta^2 precision + recall)`, one-hot or yes-or-no labels `[n, classes]`, a score
 * for each class or an average (Keras 3 `FBetaScore`).
 *
 * @example
 * ```ts
 * import { FBetaScore } from "@crease/metrics";
 * const metric = new FBetaScore({ beta: 2, threshold: 0.5 });
 * metric.update([[1, 1], [0, 1], [1, 0]], [[0.2, 0.6], [0.3, 0.8], [0.6, 0.9]]);
 * metric.result(); // => [0.5555556 0.9090909]
 * ```
 */
export class FBetaScore extends Metric {
  static readonly ownNames: OptionNames<Omit<FBetaScoreOptions, "name">> = {
    average: true,
    threshold: true,
    beta: true,
  };
  readonly average: ScoreAverage | null;
  readonly beta: number;
  readonly threshold: number | null;
  truePositives: Variable | null = null;
  falsePositives: Variable | null = null;
  falseNegatives: Variable | null = null;
  /** The weights of the labels. */
  intermediateWeights: Variable | null = null;

  /** @throws ValueError for an unknown average, a `beta` not above 0 or a threshold outside (0, 1]. */
  constructor(options: FBetaScoreOptions = {}) {
    super(named("fbetaScore", options));
    const { average = null, beta = 1, threshold = null } = options;
    const op = this.name;
    if (average !== null) requireOneOf(op, "average", average, averages);
    requireNumber(op, "beta", beta, { above: 0 });
    if (threshold !== null) requireNumber(op, "threshold", threshold, { above: 0, max: 1 });
    this.average = average;
    this.beta = beta;
    this.threshold = threshold;
  }

  /** @throws ShapeError where targets and predictions are not both `[n, classes]`, or weights do not fit. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const [targets, predictions] = alignTargets(this.name, yTrue, yPred);
      if (predictions.ndim !== 2)
        throw new ShapeError({
          op: this.name,
          problem: "the predictions have not two axes",
          got: [predictions],
          fix: "Give one number for each class, [samples, classes]",
        });
      const labels = targets.cast("float32");
      const decisions = this.#decide(predictions).cast("float32");
      const { sampleWeight } = options;
      const weights = sampleWeight === undefined ? undefined : alignWeights(this.name, sampleWeight, labels);
      const sum = (x: Tensor): Tensor =>
        (weights === undefined ? x : x.mul(weights)).sum(this.average === "micro" ? null : 0);
      const counts = {
        truePositives: sum(decisions.mul(labels)),
        falsePositives: sum(decisions.mul(labels.neg().add(1))),
        falseNegatives: sum(decisions.neg().add(1).mul(labels)),
        intermediateWeights: sum(labels),
      };
      for (const key of countNames) {
        this[key] ??= this.makeState(key, counts[key].shape, counts[key].backend);
        this[key].assign(counts[key].add(this[key]));
      }
    });
  }

  #decide(predictions: Tensor): Tensor {
    if (this.threshold !== null) return predictions.greater(this.threshold);
    const largest = predictions.max(-1, { keepDims: true });
    return predictions.greaterEqual(largest).logicalAnd(predictions.abs().greater(1e-9));
  }

  /** One score, or one for each class `[classes]` without `average`; a 0 before the first update. */
  override result(): Tensor {
    const { truePositives, falsePositives, falseNegatives, intermediateWeights } = this;
    if (!truePositives || !falsePositives || !falseNegatives || !intermediateWeights)
      return this.average === null ? zeros([1]) : tensor(0);
    return scope(() => {
      const precision = truePositives.value.div(truePositives.value.add(falsePositives).add(EPSILON));
      const recall = truePositives.value.div(truePositives.value.add(falseNegatives).add(EPSILON));
      const squared = this.beta ** 2;
      const mean = precision.mul(recall).div(precision.mul(squared).add(recall).add(EPSILON));
      const scores = mean.mul(1 + squared);
      if (this.average === null) return scores;
      if (this.average !== "weighted") return scores.mean();
      const weights = intermediateWeights.value;
      return scores.mul(weights.div(weights.sum().add(EPSILON))).sum();
    });
  }

  override getConfig(): Record<string, unknown> {
    const { average, beta, threshold } = this;
    return { ...super.getConfig(), average, beta, threshold };
  }
}

const countNames = ["truePositives", "falsePositives", "falseNegatives", "intermediateWeights"] as const;
