/** A layer that can be trained: compile, fit, evaluate, predict. */

import { GradientTape } from "@crease/autograd";
import { type Backend, ValueError } from "@crease/backend";
import type { Dataset } from "@crease/datasets";
import { Layer, type LayerOptions, listOf, type ShapesOf, type Tensors } from "@crease/layers";
import type { Optimizer } from "@crease/optimizers";
import { getBackend, type Tensor } from "@crease/tensor";
import type { Batch } from "./batch.ts";
import type { History } from "./callbacks/history.ts";
import { Compiled, type CompileOptions, type Outcome } from "./compiled.ts";
import { type EvaluateOptions, evaluate } from "./evaluate.ts";
import { type FitOptions, fit } from "./fit.ts";
import { numberNames } from "./layerNames.ts";
import { type BatchOptions, onBatch } from "./onBatch.ts";
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
    const compiled = new Compiled(options);
    this.#compiled?.dispose();
    this.#compiled = compiled;
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
   *
   * @example
   * ```ts
   * import { GradientTape } from "@crease/autograd";
   * import { Dense } from "@crease/layers";
   * import { type Batch, Sequential } from "@crease/models";
   * class SignTrained extends Sequential {
   *   override trainStep([x, y, sampleWeight]: Batch): Record<string, Tensor> {
   *     const tape = new GradientTape();
   *     const { loss, outcome } = tape.record(() => {
   *       const outcome = { y, yPred: this.apply(x as Tensor, { training: true }), sampleWeight };
   *       return { loss: this.computeLoss(outcome), outcome };
   *     });
   *     const gradients = tape.gradient(loss, this.trainableWeights);
   *     this.optimizer.apply(gradients.map((gradient) => gradient && gradient.sign()), this.trainableWeights);
   *     return this.computeMetrics(loss, outcome);
   *   }
   * }
   * const model = new SignTrained([new Dense(1, { kernelInitializer: "zeros" })]);
   * model.compile({ optimizer: "sgd", loss: "mse" });
   * await model.fit([[1]], [[5]], { verbose: 0 });
   * model.weights.map((weight) => weight.value.toString()); // => ["[[0.01]]", "[0.01]"]
   * ```
   */
  trainStep(batch: Batch): Record<string, Tensor> {
    const { optimizer } = this;
    const tape = new GradientTape();
    const { outcome, loss, target } = tape.record(() => {
      const judged = this.#judge(batch, true);
      return { ...judged, target: optimizer.scaleLoss(judged.loss) };
    });
    const weights = this.trainableWeights;
    optimizer.apply(tape.gradient(target, weights), weights);
    return this.computeMetrics(loss, outcome);
  }

  /** One evaluation step, synchronous. Returns the running loss and metrics by name. */
  testStep(batch: Batch): Record<string, Tensor> {
    const { outcome, loss } = this.#judge(batch, false);
    return this.computeMetrics(loss, outcome);
  }

  #judge([x, y, sampleWeight]: Batch, training: boolean): { readonly outcome: Outcome; readonly loss: Tensor } {
    const { result, losses } = this.collectLosses(() => this.apply(x as In, { training }));
    const outcome = { y, yPred: result, sampleWeight };
    return { outcome, loss: this.computeLoss(outcome, losses.map(handOver)) };
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
    const [first, ...rest] = [...(loss === undefined ? [] : [loss]), ...added, ...penalties];
    if (first === undefined)
      throw new ValueError({
        op: this.className,
        problem: "there is no loss to minimise",
        fix: "Compile with a `loss`, or call `addLoss` in a layer",
      });
    return rest.reduce((sum, part) => sum.add(part), first);
  }

  /** Takes a batch into the running loss and metrics and returns them by name; each is computed whenever it is read. */
  computeMetrics(loss: Tensor, outcome: Outcome): Record<string, Tensor> {
    const [first] = listOf(outcome.yPred);
    this.compiled.update(loss, outcome, first?.shape[0] ?? 1);
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
    return fit(this, x, y ?? undefined, options);
  }

  /** Loss and metrics over all samples, by name. @throws as `fit`. */
  evaluate(x: Samples | Dataset, y?: Samples | null, options: EvaluateOptions = {}): Promise<Record<string, number>> {
    return evaluate(this, x, y ?? undefined, options);
  }

  /** The outputs for all samples, joined along the first axis. */
  predict(x: Samples | Dataset, options: PredictOptions = {}): Promise<Out> {
    return predict(this, x, options) as Promise<Out>;
  }

  /** One training step on one batch; the running loss and metrics since the last `resetMetrics`. */
  trainOnBatch(x: Samples, y?: Samples | null, options: BatchOptions = {}): Promise<Record<string, number>> {
    return onBatch("trainOnBatch", this, x, y ?? undefined, options, (batch) => this.trainStep(batch));
  }

  /** The running loss and metrics with one more batch, without training. */
  testOnBatch(x: Samples, y?: Samples | null, options: BatchOptions = {}): Promise<Record<string, number>> {
    return onBatch("testOnBatch", this, x, y ?? undefined, options, (batch) => this.testStep(batch));
  }

  /** A table of the layers with output shapes and numbers of parameters. */
  summary(): string {
    return summary(this);
  }

  /** Writes all weights into a safetensors file, whole or not at all. */
  saveWeights(path: string): Promise<void> {
    return saveWeights(this, path);
  }

  /** Sets all weights from a safetensors file. @throws DataError where it lacks one or has another shape: then nothing is set. */
  loadWeights(path: string | Uint8Array): Promise<void> {
    return loadWeights(this, path);
  }

  /** Moves weights, optimizer slots and metrics to another backend. */
  override async to(backend: Backend): Promise<void> {
    await super.to(backend);
    await this.#compiled?.to(backend);
  }

  /** Gives up all weights, optimizer slots and metrics. */
  override dispose(): void {
    super.dispose();
    this.#compiled?.dispose();
  }

  /** Builds the model unless it is built, and numbers the names of its layers. */
  override ensureBuilt(inputShape: ShapesOf<In>, options?: { readonly backend?: Backend | undefined }): void {
    if (!this.built) numberNames(this.sublayers().map(({ layer }) => layer));
    super.ensureBuilt(inputShape, options);
  }
}

/** A loss that outlives scopes becomes one of the scope around. */
function handOver(loss: Tensor): Tensor {
  const own = loss.reshape(loss.shape);
  loss.dispose();
  return own;
}
