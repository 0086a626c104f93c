/** What compile decides: optimizer, loss and metrics, and the numbers that they make of a batch. */
import { ValueError } from "@crease/backend";
import { getLoss, type Loss, type LossLike } from "@crease/losses";
import { getMetric, Mean, type Metric, type MetricLike } from "@crease/metrics";
import { getOptimizer, type Optimizer } from "@crease/optimizers";
import type { Tensor } from "@crease/tensor";

/** What `model.compile` takes. */
export interface CompileOptions {
  /** Default `"rmsprop"`. */
  readonly optimizer?: Parameters<typeof getOptimizer>[0];
  /** Without one, only losses that layers add are minimised. */
  readonly loss?: LossLike | null;
  /** Names, metrics or functions; sample weights do not count in them. */
  readonly metrics?: readonly MetricLike[];
  /** The same, weighted by sample and class weights. */
  readonly weightedMetrics?: readonly MetricLike[];
}

/** A batch's targets, predictions and weights. */
export interface Outcome {
  readonly y: Tensor | undefined;
  readonly yPred: Tensor;
  readonly sampleWeight: Tensor | undefined;
}

interface Tracked {
  readonly key: string;
  readonly metric: Metric;
  readonly isWeighted: boolean;
}

/** Optimizer, loss and metrics of a compiled model. */
export class Compiled {
  readonly optimizer: Optimizer;
  readonly #lossLike: LossLike | null;
  readonly #options: CompileOptions;
  readonly #lossMean: Mean = new Mean({ name: "loss" });
  #loss: Loss | undefined;
  #tracked: readonly Tracked[] | undefined;

  /** @throws ValueError for unknown names, listing the known ones. */
  constructor(options: CompileOptions) {
    this.#options = options;
    this.optimizer = getOptimizer(options.optimizer ?? "rmsprop");
    this.#lossLike = options.loss ?? null;
    // Which class a name such as "accuracy" means depends on shapes; whether it exists must be said now.
    const anyShapes = { yTrueShape: [1], yPredShape: [1, 2] };
    if (this.#lossLike !== null) getLoss(this.#lossLike, anyShapes);
    for (const metric of [...(options.metrics ?? []), ...(options.weightedMetrics ?? [])]) getMetric(metric, anyShapes);
  }

  /** The weighted loss of a batch, a scalar; undefined where no loss was given. @throws ValueError without targets. */
  lossOf({ y, yPred, sampleWeight }: Outcome): Tensor | undefined {
    if (this.#lossLike === null) return undefined;
    if (y === undefined)
      throw new ValueError({
        op: "loss",
        problem: "there are no targets to compare with",
        fix: "Give `y`, or compile without a loss",
      });
    this.#loss ??= getLoss(this.#lossLike, { yTrueShape: y.shape, yPredShape: yPred.shape });
    return this.#loss.apply(y, yPred, { sampleWeight });
  }

  /** Takes a batch into the running numbers. */
  update(loss: Tensor | undefined, outcome: Outcome): void {
    const { y, yPred, sampleWeight } = outcome;
    if (loss !== undefined) this.#lossMean.update(loss, { sampleWeight: yPred.shape[0] ?? 1 });
    if (y === undefined) return;
    this.#tracked ??= this.#resolve(y, yPred);
    for (const { metric, isWeighted } of this.#tracked)
      metric.update(y, yPred, { sampleWeight: isWeighted ? sampleWeight : undefined });
  }

  /** The running numbers by name: `loss`, then the metrics. */
  results(): Record<string, Tensor> {
    const results: Record<string, Tensor> = { loss: this.#lossMean.result() };
    for (const { key, metric } of this.#tracked ?? []) results[key] = metric.result();
    return results;
  }

  /** Starts the running numbers anew, as each epoch does. */
  reset(): void {
    for (const metric of this.metrics) metric.reset();
  }

  /** The loss's mean and all metrics that have been used. */
  get metrics(): readonly Metric<never>[] {
    return [this.#lossMean, ...(this.#tracked ?? []).map(({ metric }) => metric)];
  }

  #resolve(y: Tensor, yPred: Tensor): readonly Tracked[] {
    const { metrics = [], weightedMetrics = [] } = this.#options;
    const context = { yTrueShape: y.shape, yPredShape: yPred.shape };
    const tracked: Tracked[] = [];
    const track = (like: MetricLike, isWeighted: boolean): void => {
      const metric = getMetric(like, context);
      const name = typeof like === "string" ? like : metric.name;
      const taken = (key: string): boolean => key === "loss" || tracked.some((other) => other.key === key);
      let key = isWeighted && taken(name) ? `weighted${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
      for (let i = 1; taken(key); i++) key = `${name}${i}`;
      tracked.push({ key, metric, isWeighted });
    };
    for (const like of metrics) track(like, false);
    for (const like of weightedMetrics) track(like, true);
    return tracked;
  }
}
