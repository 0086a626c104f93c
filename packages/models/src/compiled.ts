/** What compile decides: optimizer, losses and metrics, and the numbers that they make of a batch. */
import { type Backend, ValueError } from "@crease/backend";
import type { Feature } from "@crease/datasets";
import type { Tensors } from "@crease/layers";
import { getLoss, SparseCategoricalCrossentropy } from "@crease/losses";
import { Mean, type Metric } from "@crease/metrics";
import { getOptimizer, Optimizer } from "@crease/optimizers";
import { keep, Tensor } from "@crease/tensor";
import { type Comparison, Head } from "./head.ts";
import { type Labels, readLabels } from "./labels.ts";
import { type CompileOptions, checkNames, headOptions, lossFor, sparseShapes } from "./perOutput.ts";
import { RunningResults } from "./runningResults.ts";
import { isSingle, listed, type Structure } from "./structure.ts";

/** A batch's targets, predictions and weights. */
export interface Outcome {
  readonly y: Feature | undefined;
  readonly yPred: Tensors;
  readonly sampleWeight: Feature | undefined;
}

/** What a metric has gathered, by field. */
type MetricState = Readonly<Record<string, Tensor>>;

/** What is known of all labels of a pass, by output; the only output has the empty name. */
export type KnownLabels = Readonly<Record<string, Labels>>;

/** Names for outputs that have none. */
export function outputName(position: number): string {
  return `output_${position + 1}`;
}

/** Optimizer, losses and metrics of a compiled model. */
export class Compiled {
  readonly optimizer: Optimizer;
  readonly options: CompileOptions;
  /** What is known of all labels of the pass under way. */
  labels: KnownLabels | undefined;
  readonly #outputNames: readonly string[] | undefined;
  readonly #hasMetrics: boolean;
  readonly #lossMean: Mean = new Mean({ name: "loss" });
  #heads: readonly Head[] | undefined;
  /** The losses of single outputs in the step under way. */
  #parts: readonly (Tensor | undefined)[] = [];
  #results: RunningResults | undefined;
  /** States for metrics that the first batch will show the kind of. */
  #awaited: Readonly<Record<string, MetricState>> | undefined;

  /**
   * @param outputNames The names of the outputs, where they are known before the first batch.
   * @throws ValueError for unknown names, listing the known ones, and where there is not one entry for each output.
   */
  constructor(options: CompileOptions, outputNames?: readonly string[]) {
    checkNames(options);
    this.options = options;
    this.#outputNames = outputNames;
    this.optimizer = getOptimizer(options.optimizer ?? "rmsprop");
    const { metrics = [], weightedMetrics = [] } = options;
    this.#hasMetrics = Object.keys(metrics).length + Object.keys(weightedMetrics).length > 0;
    if (outputNames !== undefined) headOptions(options, outputNames);
  }

  /** The weighted loss of a batch, a scalar; undefined where no loss was given. @throws ValueError without targets. */
  lossOf(outcome: Outcome): Tensor | undefined {
    if (!this.options.loss) return undefined;
    const { heads, comparisons } = this.#compare(outcome);
    const labelsOf = ({ options }: Head): Labels | undefined =>
      this.labels && (heads.length === 1 ? Object.values(this.labels)[0] : this.labels[options.name]);
    const losses = heads.map((head, i) => head.lossOf(comparisons[i] as Comparison, labelsOf(head)));
    this.#parts = losses;
    const weighted = losses.flatMap((loss, i) => {
      const weight = heads[i]?.options.lossWeight;
      if (loss === undefined) return [];
      return [weight === undefined ? loss : loss.mul(weight)];
    });
    return weighted.length === 0 ? undefined : weighted.reduce((sum, loss) => sum.add(loss));
  }

  /** Takes a batch of `count` samples into the running numbers. */
  update(loss: Tensor, outcome: Outcome, count: number): void {
    this.#lossMean.update(loss, { sampleWeight: count });
    // A model with a `computeLoss` of its own may have targets that are compared with no output.
    if (outcome.y === undefined || (this.#parts.length === 0 && !this.#hasMetrics)) return;
    const { heads, comparisons } = this.#compare(outcome);
    heads.forEach((head, i) => {
      if (head.isResolved) return;
      head.resolve(comparisons[i] as Comparison, (key) => this.#running().has(key));
      this.#results = undefined;
    });
    if (this.#awaited !== undefined) this.#restore(this.#awaited);
    this.#forgetAwaited();
    const parts = this.#parts;
    this.#parts = [];
    heads.forEach((head, i) => {
      const comparison = comparisons[i] as Comparison;
      // Whoever computes the loss in a scope of its own has given the parts up.
      const part = parts[i]?.isDisposed ? head.lossOf(comparison, undefined) : parts[i];
      if (part !== undefined) head.lossMean?.update(part, { sampleWeight: comparison.yPred.shape[0] ?? 1 });
      head.update(comparison);
    });
  }

  /** The metrics of all numbers by name, `loss` first. */
  #running(): ReadonlyMap<string, Metric<never>> {
    const heads = this.#heads ?? [];
    const means = heads.flatMap(({ lossMean }) => (lossMean === undefined ? [] : [[lossMean.name, lossMean] as const]));
    const metrics = heads.flatMap((head) => head.tracked.map(({ key, metric }) => [key, metric] as const));
    return new Map<string, Metric<never>>([["loss", this.#lossMean], ...means, ...metrics]);
  }

  /**
   * The running numbers by name: `loss`, of several outputs the loss of each (`a_loss`), then the metrics
   * (`accuracy`, of several outputs `a_accuracy`); each is computed anew whenever it is read.
   */
  results(): Record<string, Tensor> {
    this.#results ??= this.#makeResults();
    return this.#results as object as Record<string, Tensor>;
  }

  #makeResults(): RunningResults {
    const makers = [...this.#running()].map(([key, metric]) => [key, () => metric.result()] as const);
    return new RunningResults(Object.fromEntries(makers));
  }

  /** Starts the running numbers anew, as each epoch does. */
  reset(): void {
    this.#forgetAwaited();
    for (const metric of this.metrics) metric.reset();
  }

  /** What the running numbers have gathered, by name and field. */
  getState(): Record<string, MetricState> {
    return Object.fromEntries([...this.#running()].map(([key, metric]) => [key, metric.getState()]));
  }

  /** Goes on from what `getState` gave. @throws ValueError where it is that of other metrics, if need be at the next batch. */
  setState({ loss = {}, ...states }: Readonly<Record<string, MetricState>>): void {
    this.#forgetAwaited();
    this.#lossMean.setState(loss);
    if (this.#heads?.every((head) => head.isResolved)) {
      this.#restore(states);
      return;
    }
    const held = (state: MetricState): MetricState =>
      Object.fromEntries(Object.entries(state).map(([field, x]) => [field, keep(x.reshape(x.shape))]));
    this.#awaited = Object.fromEntries(Object.entries(states).map(([key, state]) => [key, held(state)]));
  }

  #restore(states: Readonly<Record<string, MetricState>>): void {
    const running = this.#running();
    const unknown = Object.keys(states).find((name) => !running.has(name));
    if (unknown !== undefined)
      throw new ValueError({
        op: "metrics",
        problem: `there is a state of "${unknown}", which is no metric of the model`,
        fix: "Compile with the metrics that the state was saved with",
      });
    for (const [key, metric] of running) if (metric !== this.#lossMean) metric.setState(states[key] ?? {});
  }

  #forgetAwaited(): void {
    for (const state of Object.values(this.#awaited ?? {})) for (const x of Object.values(state)) x.dispose();
    this.#awaited = undefined;
  }

  /** The loss's mean, those of the outputs' losses, and all metrics that have been used. */
  get metrics(): readonly Metric<never>[] {
    return [...this.#running().values()];
  }

  /** Reads what class numbers a data set holds where no kernel checks them; undefined for losses without class numbers. */
  async readLabels(y: Feature | undefined, backend: Backend): Promise<KnownLabels | undefined> {
    if (y === undefined) return undefined;
    const known: Record<string, Labels> = {};
    const columns = y instanceof Tensor ? [["", y] as const] : Object.entries(y);
    for (const [i, [name, column]] of columns.entries()) {
      const like = lossFor(this.options.loss, name, i);
      const loss = like === null ? undefined : getLoss(like, sparseShapes);
      const labels =
        loss instanceof SparseCategoricalCrossentropy ? await readLabels(column, loss, backend) : undefined;
      if (labels !== undefined) known[name] = labels;
    }
    return known;
  }

  /** Moves optimizer slots and metrics. */
  async to(backend: Backend): Promise<void> {
    await this.optimizer.to(backend);
    for (const metric of this.metrics) await metric.to(backend);
  }

  /** Gives up the slots and the state of metrics, but not of an optimizer or metric that the user made. */
  dispose(): void {
    if (!(this.options.optimizer instanceof Optimizer)) this.optimizer.dispose();
    this.#forgetAwaited();
    this.#lossMean.dispose();
    for (const head of this.#heads ?? []) head.dispose();
  }

  /** The outputs with what judges them; the first batch tells how many there are. */
  #compare(outcome: Outcome): { readonly heads: readonly Head[]; readonly comparisons: readonly Comparison[] } {
    const { yPred } = outcome;
    this.#heads ??= this.#makeHeads(yPred);
    const names = this.#heads.map(({ options }) => options.name);
    return { heads: this.#heads, comparisons: comparisonsOf(outcome, names) };
  }

  #makeHeads(yPred: Tensors): readonly Head[] {
    const isList = Array.isArray(yPred);
    const names =
      yPred instanceof Tensor
        ? [this.#outputNames?.[0] ?? ""]
        : isList
          ? yPred.map((_, i) => this.#outputNames?.[i] ?? outputName(i))
          : Object.keys(yPred);
    const options = headOptions(this.options, names);
    const several = options.filter(({ loss }) => loss !== null).length > 1;
    this.#results = undefined;
    return options.map((each) => new Head(each, several));
  }
}

/** @throws ValueError where targets or weights are not arranged as the outputs. */
function comparisonsOf({ y, yPred, sampleWeight }: Outcome, names: readonly string[]): readonly Comparison[] {
  const outputs = listed(yPred as Structure<Tensor>);
  if (y === undefined || y instanceof Tensor) {
    if (outputs.length === 1 && (sampleWeight === undefined || sampleWeight instanceof Tensor))
      return [{ y, yPred: outputs[0] as Tensor, sampleWeight }];
    if (y !== undefined && outputs.length > 1)
      throw new ValueError({
        op: "targets",
        problem: `there is one for the ${outputs.length} outputs ${names.join(", ")}`,
        fix: "Give them in a list in this order, or in an object by name",
      });
  }
  const targets = y === undefined ? [] : columnsOf("targets", y, names);
  const weights = sampleWeight === undefined ? [] : columnsOf("sampleWeight", sampleWeight, names);
  return outputs.map((output, i) => ({ y: targets[i], yPred: output, sampleWeight: weights[i] }));
}

/** The column for each output; one tensor is for all of them. */
function columnsOf(op: string, given: Feature, names: readonly string[]): readonly (Tensor | undefined)[] {
  if (isSingle(given as Structure<Tensor>)) return names.map(() => given as Tensor);
  const columns = given as { readonly [name: string]: Tensor };
  const keys = Object.keys(columns);
  if (names.length === 1 && names[0] === "" && keys.length === 1) return Object.values(columns);
  const unknown = keys.find((key) => !names.includes(key));
  if (unknown !== undefined)
    throw new ValueError({
      op,
      problem: `"${unknown}" is no output of the model`,
      fix: names[0] === "" ? "Give one tensor for the only output" : `Its outputs are: ${names.join(", ")}`,
    });
  return names.map((name) => (Object.hasOwn(columns, name) ? columns[name] : undefined));
}
