/** One output of a model and what judges it: its loss, the loss's weight, its metrics. */
import { ValueError } from "@crease/backend";
import { getLoss, type Loss, type LossLike, SparseCategoricalCrossentropy } from "@crease/losses";
import { getMetric, Mean, Metric, type MetricLike } from "@crease/metrics";
import type { Tensor } from "@crease/tensor";
import { type Labels, requireClasses } from "./labels.ts";

/** An output's predictions with its targets and weights. */
export interface Comparison {
  readonly y: Tensor | undefined;
  readonly yPred: Tensor;
  readonly sampleWeight: Tensor | undefined;
}

/** What `compile` was given for one output. */
export interface HeadOptions {
  /** Empty for an output that has none. */
  readonly name: string;
  /** What stands before the names of the output's numbers in the logs: `near_`, nothing for the only output. */
  readonly prefix: string;
  readonly loss: LossLike | null;
  readonly lossWeight: number | undefined;
  readonly metrics: readonly MetricLike[];
  readonly weightedMetrics: readonly MetricLike[];
}

/** A metric with its key in the logs. */
export interface Tracked {
  readonly key: string;
  readonly metric: Metric;
  readonly isWeighted: boolean;
  /** True for a metric made here, false for one that the user gave. */
  readonly isOwn: boolean;
}

/** One output of a model and what judges it. */
export class Head {
  readonly options: HeadOptions;
  /** The mean of the output's own loss, where several outputs have one. */
  readonly lossMean: Mean | undefined;
  #loss: Loss | undefined;
  #tracked: readonly Tracked[] = [];
  #isResolved = false;

  constructor(options: HeadOptions, isOneOfSeveral: boolean) {
    this.options = options;
    this.lossMean = isOneOfSeveral && options.loss !== null ? new Mean({ name: `${options.prefix}loss` }) : undefined;
  }

  /** The loss of a batch without its weight; undefined where the output has none. @throws ValueError without targets. */
  lossOf(comparison: Comparison, labels: Labels | undefined): Tensor | undefined {
    const { loss: like } = this.options;
    if (like === null) return undefined;
    const { yPred, sampleWeight } = comparison;
    const y = this.#targets("loss", comparison);
    this.#loss ??= getLoss(like, { yTrueShape: y.shape, yPredShape: yPred.shape });
    if (labels !== undefined && this.#loss instanceof SparseCategoricalCrossentropy)
      requireClasses(labels, this.#loss, yPred);
    return this.#loss.apply(y, yPred, { sampleWeight });
  }

  /** Whether the first batch has said what names such as "accuracy" mean. */
  get isResolved(): boolean {
    return this.#isResolved;
  }

  /**
   * Makes the metrics for targets and predictions like these, with keys that `isTaken` denies.
   *
   * @throws ValueError without targets.
   */
  resolve(comparison: Comparison, isTaken: (key: string) => boolean): void {
    const { prefix, metrics, weightedMetrics } = this.options;
    this.#isResolved = true;
    if (metrics.length + weightedMetrics.length === 0) return;
    const context = {
      yTrueShape: this.#targets("metrics", comparison).shape,
      yPredShape: comparison.yPred.shape,
    };
    const tracked: Tracked[] = [];
    const taken = (key: string): boolean => isTaken(key) || tracked.some((other) => other.key === key);
    const track = (like: MetricLike, isWeighted: boolean): void => {
      const metric = getMetric(like, context);
      const name = typeof like === "string" ? like : metric.name;
      const weighted = `weighted${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      let key = prefix + (isWeighted && taken(prefix + name) ? weighted : name);
      for (let i = 1; taken(key); i++) key = `${prefix}${name}${i}`;
      tracked.push({ key, metric, isWeighted, isOwn: !(like instanceof Metric) });
    };
    for (const like of metrics) track(like, false);
    for (const like of weightedMetrics) track(like, true);
    this.#tracked = tracked;
  }

  /** Takes a batch into the metrics. @throws ValueError without targets. */
  update(comparison: Comparison): void {
    if (this.#tracked.length === 0) return;
    const { yPred, sampleWeight } = comparison;
    const y = this.#targets("metrics", comparison);
    for (const { metric, isWeighted } of this.#tracked)
      metric.update(y, yPred, { sampleWeight: isWeighted ? sampleWeight : undefined });
  }

  /** The metrics, once the first batch was seen. */
  get tracked(): readonly Tracked[] {
    return this.#tracked;
  }

  /** Gives up the state of the metrics that were made here. */
  dispose(): void {
    this.lossMean?.dispose();
    for (const { metric, isOwn } of this.#tracked) if (isOwn) metric.dispose();
  }

  #targets(op: string, { y }: Comparison): Tensor {
    if (y !== undefined) return y;
    const { name } = this.options;
    throw new ValueError({
      op,
      problem: `there are no targets to compare ${name === "" ? "" : `the output "${name}" `}with`,
      fix: "Give `y`, or compile without a loss",
    });
  }
}
