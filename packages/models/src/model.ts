/** A layer that can be trained: compile, fit, evaluate, predict. */

import { GradientTape } from "@crease/autograd";
import { type Backend, ValueError } from "@crease/backend";
import type { Dataset } from "@crease/datasets";
import { Layer, type LayerOptions, type Tensors } from "@crease/layers";
import type { Optimizer } from "@crease/optimizers";
import { getBackend, type Tensor, type Variable } from "@crease/tensor";
import type { Batch } from "./batch.ts";
import type { History } from "./callbacks/history.ts";
import { Compiled, type CompileOptions, type Outcome } from "./compiled.ts";
import { type EvaluateOptions, evaluate } from "./evaluate.ts";
import { type FitOptions, fit } from "./fit.ts";
import { type BatchOptions, testOnBatch, trainOnBatch } from "./onBatch.ts";
import { type PredictOptions, predict } from "./predict.ts";
import { summary } from "./summary.ts";
import type { Samples } from "./table.ts";
import { loadWeights, saveWeights } from "./weightFile.ts";

/**
 * The base of all models. Subclasses make their layers in the constructor, keep them in fields, and write `call`;
 * `Sequential` is the one for layers in a row.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { Model } from "@crease/models";
 * import { type Tensor, tensor } from "@crease/tensor";
 * class TwoBranches extends Model {
 *   left = new Dense(2, { activation: "relu" });
 *   right = new Dense(2);
 *   override call(x: Tensor): Tensor {
 *     return this.left.apply(x).add(this.right.apply(x));
 *   }
 * }
 * const model = new TwoBranches();
 * model.compile({ optimizer: "adam", loss: "mse" });
 * await model.fit(tensor([[1, 2], [3, 4]]), tensor([[1, 0], [0, 1]]), { epochs: 2, verbose: 0 });
 * model.countParams(); // => 12
 * ```
 */
export abstract class Model<In extends Tensors = Tensor, Out extends Tensors = Tensor> extends Layer<In, Out> {
  #compiled: Compiled | undefined;
  #stopTraining = false;

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  /**
   * Sets how the model is trained and judged.
   *
   * @throws ValueError for unknown names; the message lists the known ones.
   */
  compile(options: CompileOptions): void {
    this.#compiled = new Compiled(options);
  }

  /** Set by callbacks to end training after the step under way. */
  get stopTraining(): boolean {
    return this.#stopTraining;
  }
  set stopTraining(stop: boolean) {
    this.#stopTraining = stop;
  }

  /** Optimizer, loss and metrics. @throws ValueError before `compile`. */
  get compiled(): Compiled {
    if (this.#compiled === undefined)
      throw new ValueError({
        op: `${this.className}`,
        problem: "the model was not compiled",
        fix: 'Call `model.compile({ optimizer: "rmsprop", loss: ... })` first',
      });
    return this.#compiled;
  }

  /** The optimizer. @throws ValueError before `compile`. */
  get optimizer(): Optimizer {
    return this.compiled.optimizer;
  }

  /** Where the model computes: the backend of its weights, before they exist the default one. */
  get backend(): Backend {
    return this.weights[0]?.backend ?? getBackend();
  }

  /**
   * One training step, synchronous: forward, backward, update. Returns the running loss and metrics by name.
   * Override it for a training of your own; fit does the rest.
   */
  trainStep([x, y, sampleWeight]: Batch): Record<string, Tensor> {
    const { optimizer } = this;
    const tape = new GradientTape();
    let outcome: Outcome | undefined;
    const loss = tape.record(() => {
      const { result, losses } = this.collectLosses(() => this.apply(x as In, { training: true }));
      outcome = {
        y: y as Tensor | undefined,
        yPred: result as Tensor,
        sampleWeight: sampleWeight as Tensor | undefined,
      };
      return this.computeLoss(outcome, losses);
    });
    const weights = this.trainableWeights;
    optimizer.apply(tape.gradient(optimizer.scaleLoss(loss), weights as Variable[]), weights);
    return this.computeMetrics(loss, outcome as Outcome);
  }

  /** One evaluation step, synchronous. Returns the running loss and metrics by name. */
  testStep([x, y, sampleWeight]: Batch): Record<string, Tensor> {
    const { result, losses } = this.collectLosses(() => this.apply(x as In, { training: false }));
    const outcome = {
      y: y as Tensor | undefined,
      yPred: result as Tensor,
      sampleWeight: sampleWeight as Tensor | undefined,
    };
    return this.computeMetrics(this.computeLoss(outcome, losses), outcome);
  }

  /** The outputs for one batch, synchronous. */
  predictStep([x]: Batch): Out {
    return this.apply(x as In, { training: false });
  }

  /** The scalar that training minimises: the compiled loss, what layers added, and the regularizers of trainable weights. */
  computeLoss(outcome: Outcome, added: readonly Tensor[] = []): Tensor {
    const loss = this.compiled.lossOf(outcome);
    const penalties = this.trainableWeights.flatMap((weight) =>
      weight.regularizer === null ? [] : [weight.regularizer.call(weight.value)],
    );
    const parts = [...(loss === undefined ? [] : [loss]), ...added, ...penalties];
    const [first, ...rest] = parts;
    if (first === undefined)
      throw new ValueError({
        op: this.className,
        problem: "there is no loss to minimise",
        fix: "Compile with a `loss`, or call `addLoss` in a layer",
      });
    return rest.reduce((sum, part) => sum.add(part), first);
  }

  /** Takes a batch into the running loss and metrics and returns them. */
  computeMetrics(loss: Tensor, outcome: Outcome): Record<string, Tensor> {
    this.compiled.update(loss, outcome);
    return this.compiled.results();
  }

  /** Starts the running loss and metrics anew. */
  resetMetrics(): void {
    this.#compiled?.reset();
  }

  /**
   * Trains for a number of epochs and returns their numbers. Between steps the event loop runs at least every 16 ms.
   *
   * @param x Samples along the first axis, or a `Dataset` of batches `[x, y, sampleWeight?]`, which then brings `y` itself.
   * @throws ValueError before `compile` and for options that do not fit; ShapeError where x and y do not; the signal's
   *   reason where `signal` was aborted.
   */
  fit(x: Samples | Dataset, y?: Samples | null, options: FitOptions = {}): Promise<History> {
    return fit(this as unknown as Model<Tensors, Tensors>, x, y ?? undefined, options);
  }

  /** Loss and metrics over all samples, by name. @throws as `fit`. */
  evaluate(x: Samples | Dataset, y?: Samples | null, options: EvaluateOptions = {}): Promise<Record<string, number>> {
    return evaluate(this as unknown as Model<Tensors, Tensors>, x, y ?? undefined, options);
  }

  /** The outputs for all samples, joined along the first axis. */
  predict(x: Samples | Dataset, options: PredictOptions = {}): Promise<Out> {
    return predict(this as unknown as Model<Tensors, Tensors>, x, options) as Promise<Out>;
  }

  /** One training step on one batch; the running loss and metrics since the last `resetMetrics`. */
  trainOnBatch(x: Samples, y?: Samples | null, options: BatchOptions = {}): Promise<Record<string, number>> {
    return trainOnBatch(this as unknown as Model<Tensors, Tensors>, x, y ?? undefined, options);
  }

  /** The running loss and metrics with one more batch, without training. */
  testOnBatch(x: Samples, y?: Samples | null, options: BatchOptions = {}): Promise<Record<string, number>> {
    return testOnBatch(this as unknown as Model<Tensors, Tensors>, x, y ?? undefined, options);
  }

  /** A table of the layers with output shapes and numbers of parameters. */
  summary(): string {
    return summary(this as unknown as Model<Tensors, Tensors>);
  }

  /** Writes all weights into a safetensors file, whole or not at all. */
  saveWeights(path: string): Promise<void> {
    return saveWeights(this as unknown as Model<Tensors, Tensors>, path);
  }

  /** Sets all weights from a safetensors file. @throws DataError where it lacks one or has another shape: then nothing is set. */
  loadWeights(path: string | Uint8Array): Promise<void> {
    return loadWeights(this as unknown as Model<Tensors, Tensors>, path);
  }

  /** Moves weights, optimizer slots and metrics to another backend. */
  override async to(backend: Backend): Promise<void> {
    await super.to(backend);
    if (this.#compiled === undefined) return;
    await this.#compiled.optimizer.to(backend);
    for (const metric of this.#compiled.metrics) await metric.to(backend);
  }
}
