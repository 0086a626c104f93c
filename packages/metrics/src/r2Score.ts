/** How much of the targets' variance predictions explain. */
import { named, type OptionNames, requireInteger, requireOneOf, ShapeError } from "@crease/backend";
import { alignTargets, alignWeights } from "@crease/losses";
import { onesLike, scope, type Tensor, type TensorLike, tensor, type Variable, where } from "@crease/tensor";
import { Metric, type UpdateOptions } from "./metric.ts";

/** How the scores of several outputs become one: their mean, or that weighted by the variance of the targets. */
export type ClassAggregation = "uniformAverage" | "varianceWeightedAverage";

/** How scores are put together. */
export interface R2ScoreOptions {
  /** "uniformAverage" unless given; null gives a score for each output. */
  readonly classAggregation?: ClassAggregation | null;
  /** The number of independent variables, for the adjusted score; 0, no adjustment, unless given. */
  readonly numRegressors?: number;
  readonly name?: string;
}

const aggregations: readonly string[] = ["uniformAverage", "varianceWeightedAverage"];

/**
 * `1 - sum((yTrue - yPred)^2) / sum((yTrue - mean(yTrue))^2)` for each output of `[n, outputs]`, then averaged; with
 * `p = numRegressors` above 0 and n numbers it becomes `1 - (1 - score)(n - 1) / (n - p - 1)` where that divisor is
 * above 0 (Keras 3 `R2Score`). NaN before the first update.
 *
 * @example
 * ```ts
 * import { R2Score } from "@crease/metrics";
 * const metric = new R2Score();
 * metric.update([[1], [4], [3]], [[2], [4], [4]]);
 * metric.result(); // => 0.5714286
 * ```
 */
export class R2Score extends Metric {
  static readonly ownNames: OptionNames<Omit<R2ScoreOptions, "name">> = { classAggregation: true, numRegressors: true };
  readonly classAggregation: ClassAggregation | null;
  readonly numRegressors: number;
  numSamples: Variable | null = null;
  squaredSum: Variable | null = null;
  sum: Variable | null = null;
  residual: Variable | null = null;
  count: Variable | null = null;

  /** @throws ValueError for an unknown aggregation, or a number of independent variables that is no integer from 0 on. */
  constructor(options: R2ScoreOptions = {}) {
    super(named("r2Score", options));
    const { classAggregation = "uniformAverage", numRegressors = 0 } = options;
    if (classAggregation !== null) requireOneOf(this.name, "classAggregation", classAggregation, aggregations);
    requireInteger(this.name, "numRegressors", numRegressors, { min: 0 });
    this.classAggregation = classAggregation;
    this.numRegressors = numRegressors;
  }

  /** @throws ShapeError where targets and predictions are not both `[n, outputs]`, or weights do not fit. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const [aligned, given] = alignTargets(this.name, yTrue, yPred);
      if (given.ndim !== 2)
        throw new ShapeError({
          op: this.name,
          problem: "the predictions have not two axes",
          got: [given],
          fix: "Give one number for each output, [samples, outputs]",
        });
      const [targets, predictions] = [aligned.cast("float32"), given.cast("float32")];
      const weights =
        options.sampleWeight === undefined
          ? onesLike(targets)
          : alignWeights(this.name, options.sampleWeight, targets).broadcastTo(targets.shape);
      const weighted = targets.mul(weights);
      const added = {
        numSamples: tensor(targets.size, { backend: targets.backend }),
        squaredSum: targets.mul(weighted).sum(0),
        sum: weighted.sum(0),
        residual: targets.sub(predictions).square().mul(weights).sum(0),
        count: weights.sum(0),
      };
      for (const key of stateNames) {
        this[key] ??= this.makeState(key, added[key].shape, added[key].backend);
        this[key].assign(added[key].add(this[key]));
      }
    });
  }

  override result(): Tensor {
    const { numSamples, squaredSum, sum, residual, count } = this;
    if (!numSamples || !squaredSum || !sum || !residual || !count)
      return tensor(this.classAggregation === null ? [Number.NaN] : Number.NaN);
    return scope(() => {
      const total = squaredSum.value.sub(sum.value.square().div(count));
      const raw = residual.value.div(total).neg().add(1);
      const scores = where(raw.isInf(), 0, raw);
      const score = this.#aggregate(scores, total);
      if (this.numRegressors === 0) return score;
      const free = numSamples.value.sub(this.numRegressors + 1);
      const isEnough = free.greater(0);
      const ratio = numSamples.value.sub(1).div(where(isEnough, free, 1));
      return where(isEnough, score.neg().add(1).mul(ratio).neg().add(1), score);
    });
  }

  #aggregate(scores: Tensor, total: Tensor): Tensor {
    if (this.classAggregation === null) return scores;
    if (this.classAggregation === "uniformAverage") return scores.mean();
    return scores.mul(total).sum().div(total.sum());
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), classAggregation: this.classAggregation, numRegressors: this.numRegressors };
  }
}

const stateNames = ["numSamples", "squaredSum", "sum", "residual", "count"] as const;
