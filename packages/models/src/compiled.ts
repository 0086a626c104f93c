/** What compile decides: optimizer, loss and metrics, and the numbers that they make of a batch. */
import { type Backend, ValueError } from "@crease/backend";
import type { Feature } from "@crease/datasets";
import type { Tensors } from "@crease/layers";
import { getLoss, type Loss, type LossLike, SparseCategoricalCrossentropy } from "@crease/losses";
import { getMetric, Mean, Metric, type MetricLike } from "@crease/metrics";
import { getOptimizer, Optimizer } from "@crease/optimizers";
import { keep, Tensor } from "@crease/tensor";
import { type Labels, readLabels, requireClasses } from "./labels.ts";
import { RunningResults } from "./runningResults.ts";

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
  readonly y: Feature | undefined;
  readonly yPred: Tensors;
  readonly sampleWeight: Feature | undefined;
}

/** The same where each is one tensor. */
interface Comparison {
  readonly y: Tensor;
  readonly yPred: Tensor;
  readonly sampleWeight: Tensor | undefined;
}

interface Tracked {
  readonly key: string;
  readonly metric: Metric;
  readonly isWeighted: boolean;
  /** True for a metric made here, false for one that the user gave. */
  readonly isOwn: boolean;
}

/** What a metric has gathered, by field. */
type MetricState = Readonly<Record<string, Tensor>>;

/** Shapes of sparse labels, with which "crossentropy" means the loss that needs its labels checked. */
const sparseShapes = { yTrueShape: [1], yPredShape: [1, 2] };

/** Optimizer, loss and metrics of a compiled model. */
export class Compiled {
  readonly optimizer: Optimizer;
  /** What is known of all labels of the pass under way. */
  labels: Labels | undefined;
  readonly #options: CompileOptions;
  readonly #sparseLoss: SparseCategoricalCrossentropy | undefined;
  readonly #lossMean: Mean = new Mean({ name: "loss" });
  #loss: Loss | undefined;
  #tracked: readonly Tracked[] | undefined;
  #results: RunningResults | undefined;
  /** States for metrics that the first batch will show the kind of. */
  #awaited: Readonly<Record<string, MetricState>> | undefined;

  /** @throws ValueError for unknown names, listing the known ones. */
  constructor(options: CompileOptions) {
    const { optimizer = "rmsprop", loss, metrics = [], weightedMetrics = [] } = options;
    this.#options = options;
    this.optimizer = getOptimizer(optimizer);
    // What a name such as "accuracy" means depends on shapes; whether it exists must be said now.
    const sparse = loss ? getLoss(loss, sparseShapes) : undefined;
    if (sparse instanceof SparseCategoricalCrossentropy) this.#sparseLoss = sparse;
    for (const metric of [...metrics, ...weightedMetrics]) getMetric(metric, sparseShapes);
  }

  /** The weighted loss of a batch, a scalar; undefined where no loss was given. @throws ValueError without targets. */
  lossOf(outcome: Outcome): Tensor | undefined {
    const { loss: like } = this.#options;
    if (!like) return undefined;
    const { y, yPred, sampleWeight } = comparisonOf("loss", outcome);
    this.#loss ??= getLoss(like, { yTrueShape: y.shape, yPredShape: yPred.shape });
    if (this.labels !== undefined && this.#loss instanceof SparseCategoricalCrossentropy)
      requireClasses(this.labels, this.#loss, yPred);
    return this.#loss.apply(y, yPred, { sampleWeight });
  }

  /** Takes a batch of `count` samples into the running numbers. */
  update(loss: Tensor, outcome: Outcome, count: number): void {
    this.#lossMean.update(loss, { sampleWeight: count });
    const { metrics = [], weightedMetrics = [] } = this.#options;
    if (outcome.y === undefined || metrics.length + weightedMetrics.length === 0) return;
    const { y, yPred, sampleWeight } = comparisonOf("metrics", outcome);
    if (this.#tracked === undefined) {
      this.#tracked = this.#resolve(y, yPred);
      this.#results = undefined;
      if (this.#awaited !== undefined) this.#restore(this.#tracked, this.#awaited);
      this.#forgetAwaited();
    }
    for (const { metric, isWeighted } of this.#tracked)
      metric.update(y, yPred, { sampleWeight: isWeighted ? sampleWeight : undefined });
  }

  /** The running numbers by name: `loss`, then the metrics; each is computed anew whenever it is read. */
  results(): Record<string, Tensor> {
    this.#results ??= this.#makeResults();
    return this.#results as object as Record<string, Tensor>;
  }

  #makeResults(): RunningResults {
    const makers: Record<string, () => Tensor> = { loss: () => this.#lossMean.result() };
    for (const { key, metric } of this.#tracked ?? []) makers[key] = () => metric.result();
    return new RunningResults(makers);
  }

  /** Starts the running numbers anew, as each epoch does. */
  reset(): void {
    this.#forgetAwaited();
    for (const metric of this.metrics) metric.reset();
  }

  /** What the running numbers have gathered, by name and field. */
  getState(): Record<string, MetricState> {
    const tracked = (this.#tracked ?? []).map(({ key, metric }) => [key, metric.getState()] as const);
    return { loss: this.#lossMean.getState(), ...Object.fromEntries(tracked) };
  }

  /** Goes on from what `getState` gave. @throws ValueError where it is that of other metrics, if need be at the next batch. */
  setState({ loss = {}, ...states }: Readonly<Record<string, MetricState>>): void {
    this.#forgetAwaited();
    this.#lossMean.setState(loss);
    if (this.#tracked !== undefined) {
      this.#restore(this.#tracked, states);
      return;
    }
    const held = (state: MetricState): MetricState =>
      Object.fromEntries(Object.entries(state).map(([field, x]) => [field, keep(x.reshape(x.shape))]));
    this.#awaited = Object.fromEntries(Object.entries(states).map(([key, state]) => [key, held(state)]));
  }

  #restore(tracked: readonly Tracked[], states: Readonly<Record<string, MetricState>>): void {
    const unknown = Object.keys(states).find((name) => !tracked.some(({ key }) => key === name));
    if (unknown !== undefined)
      throw new ValueError({
        op: "metrics",
        problem: `there is a state of "${unknown}", which is no metric of the model`,
        fix: "Compile with the metrics that the state was saved with",
      });
    for (const { key, metric } of tracked) metric.setState(states[key] ?? {});
  }

  #forgetAwaited(): void {
    for (const state of Object.values(this.#awaited ?? {})) for (const x of Object.values(state)) x.dispose();
    this.#awaited = undefined;
  }

  /** The loss's mean and all metrics that have been used. */
  get metrics(): readonly Metric<never>[] {
    return [this.#lossMean, ...(this.#tracked ?? []).map(({ metric }) => metric)];
  }

  /** Reads what class numbers a data set holds where no kernel checks them; undefined for losses without class numbers. */
  async readLabels(y: Feature | undefined, backend: Backend): Promise<Labels | undefined> {
    return this.#sparseLoss && readLabels(y, this.#sparseLoss, backend);
  }

  /** Moves optimizer slots and metrics. */
  async to(backend: Backend): Promise<void> {
    await this.optimizer.to(backend);
    for (const metric of this.metrics) await metric.to(backend);
  }

  /** Gives up the slots and the state of metrics, but not of an optimizer or metric that the user made. */
  dispose(): void {
    if (!(this.#options.optimizer instanceof Optimizer)) this.optimizer.dispose();
    this.#forgetAwaited();
    this.#lossMean.dispose();
    for (const { metric, isOwn } of this.#tracked ?? []) if (isOwn) metric.dispose();
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
      tracked.push({ key, metric, isWeighted, isOwn: !(like instanceof Metric) });
    };
    for (const like of metrics) track(like, false);
    for (const like of weightedMetrics) track(like, true);
    return tracked;
  }
}

/** @throws ValueError where targets are missing, or anything is more than one tensor. */
function comparisonOf(op: string, { y, yPred, sampleWeight }: Outcome): Comparison {
  if (y === undefined)
    throw new ValueError({
      op,
      problem: "there are no targets to compare with",
      fix: "Give `y`, or compile without a loss",
    });
  if (y instanceof Tensor && yPred instanceof Tensor && (sampleWeight === undefined || sampleWeight instanceof Tensor))
    return { y, yPred, sampleWeight };
  throw new ValueError({
    op,
    problem: "targets, outputs and weights must be one tensor each",
    fix: "For several, override `computeLoss` and `computeMetrics`, or add losses with `addLoss`",
  });
}
