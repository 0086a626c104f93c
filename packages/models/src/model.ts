/** A layer that can be trained: compile, fit, evaluate, predict. */

import { GradientTape } from "@crease/autograd";
import { type Backend, ValueError } from "@crease/backend";
import type { Dataset } from "@crease/datasets";
import {
  type CallOptions,
  type Config,
  type ConfigOptions,
  Layer,
  listOf,
  type ShapesOf,
  type SpecsOf,
  type Symbolic,
  type Symbolics,
  type SymbolicTensor,
  specsWith,
  symbolicList,
  type TensorSpec,
  type Tensors,
} from "@crease/layers";
import type { Metric } from "@crease/metrics";
import type { Optimizer } from "@crease/optimizers";
import { getBackend, type Tensor, type Values } from "@crease/tensor";
import type { Backward } from "./backward.ts";
import type { Batch } from "./batch.ts";
import type { History } from "./callbacks/history.ts";
import { metricsIn } from "./checkpoint/partsOf.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint/saveCheckpoint.ts";
import { compileConfigOf } from "./compileConfig.ts";
import { Compiled, type Outcome } from "./compiled.ts";
import { describeLayer } from "./describeLayer.ts";
import { type EvaluateOptions, evaluate } from "./evaluate.ts";
import { type FitOptions, fit } from "./fit.ts";
import { Graph } from "./graph.ts";
import { graphConfig, graphFrom } from "./graphConfig.ts";
import { isBuiltInJudge, isBuiltInLayer } from "./isBuiltIn.ts";
import { type KerasJSON, toKeras } from "./keras/toKeras.ts";
import { numberNames } from "./layerNames.ts";
import { makeLayer } from "./makeLayer.ts";
import type { ModelOptions } from "./modelOptions.ts";
import { type BatchOptions, onBatch } from "./onBatch.ts";
import type { CompileOptions } from "./perOutput.ts";
import { type PredictOptions, predict, predictOnBatch } from "./predict.ts";
import { type SaveOptions, saveModel } from "./saving/saveModel.ts";
import type { FileSource } from "./saving/source.ts";
import { loadWeights, saveWeights } from "./saving/weightFile.ts";
import { arrange, type Structure } from "./structure.ts";
import { summary } from "./summary.ts";
import type { Samples } from "./table.ts";

/**
 * The base of all models: `new Model({ inputs, outputs })` is what layers compute between symbolic tensors; subclasses
 * make their layers in the constructor, keep them in fields, and write `call`; `Sequential` is the one for layers in a
 * row.
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
 * @example
 * ```ts
 * import { Add, Dense, Input } from "@crease/layers";
 * import { Model } from "@crease/models";
 * const [left, right] = [Input({ shape: [3] }), Input({ shape: [2] })];
 * const outputs = new Add().apply([new Dense(4).apply(left), new Dense(4).apply(right)]);
 * const model = new Model({ inputs: [left, right], outputs });
 * model.layers.map((layer) => layer.name); // => ["input_layer", "input_layer_1", "dense", "dense_1", "add"]
 * (await model.predict([[[1, 2, 3]], [[4, 5]]])).shape; // => [1, 4]
 * ```
 */
export class Model<In extends Tensors = Tensor, Out extends Tensors = Tensor> extends Layer<In, Out> {
  static readonly className: string = "Functional";
  /** The layers of a functional model in Keras's order, its inputs too; of others those in its fields. */
  declare readonly layers: readonly Layer<Tensors, Tensors>[];
  readonly #graph: Graph | undefined;
  #compiled: Compiled | undefined;
  #stopTraining = false;
  #stopEpoch = false;

  /**
   * @throws ValueError for a class without `call` where there are no inputs and outputs, and for ones that are no graph:
   *   an input that is missing, unused or given twice, two layers of one name.
   */
  constructor({ inputs, outputs, ...options }: ModelOptions<In, Out> = {}) {
    super(options);
    this.#graph = inputs === undefined && outputs === undefined ? undefined : graphOf(this, inputs, outputs);
    if (this.#graph === undefined && this.call === Model.prototype.call)
      throw new ValueError({
        op: this.className,
        problem: "there is nothing to compute",
        fix: "Give `inputs` and `outputs`, or write `call` in a subclass",
      });
    if (this.#graph !== undefined) this.layers = this.#graph.layers;
    else
      Object.defineProperty(this, "layers", {
        get: () => this.sublayers().map(({ layer }) => layer),
        configurable: true,
      });
    if (this.#graph !== undefined)
      this.ensureBuilt(arrange(this.#graph.inputs as Structure<SymbolicTensor>, ({ shape }) => shape) as ShapesOf<In>);
  }

  /** The calls of layers that a functional model consists of; undefined for others. */
  get graph(): Graph | undefined {
    return this.#graph;
  }

  /** The symbolic tensors that the model starts with, in order. @throws ValueError for models that have none. */
  get inputs(): readonly SymbolicTensor[] {
    return symbolicList(this.input as Symbolics);
  }

  /** The symbolic tensors that the model ends with, in order. @throws ValueError for models that have none. */
  get outputs(): readonly SymbolicTensor[] {
    return symbolicList(this.output as Symbolics);
  }

  override get input(): Symbolic<In> {
    return (this.#graph?.inputs ?? super.input) as Symbolic<In>;
  }

  override get output(): Symbolic<Out> {
    return (this.#graph?.outputs ?? super.output) as Symbolic<Out>;
  }

  /** A layer by its name or position. @throws ValueError where there is none; the message lists the names. */
  getLayer(nameOrIndex: string | number): Layer<Tensors, Tensors> {
    const { layers } = this;
    const layer =
      typeof nameOrIndex === "number" ? layers.at(nameOrIndex) : layers.find(({ name }) => name === nameOrIndex);
    if (layer !== undefined) return layer;
    throw new ValueError({
      op: `${this.className}.getLayer`,
      problem: `there is no layer ${JSON.stringify(nameOrIndex)}`,
      fix: `The layers are: ${layers.map(({ name }) => name).join(", ")}`,
    });
  }

  /** The outputs for inputs; of a functional model by its graph, else written by subclasses. */
  call(x: In, { training }: CallOptions): Out {
    return (this.#graph as Graph).run(this.className, x, training) as Out;
  }

  protected override tensorsFrom(values: Values, toTensor: (values: Values) => Tensor): In {
    const count = this.#graph?.inputNames.length ?? 1;
    if (count < 2 || !Array.isArray(values) || values.length !== count) return super.tensorsFrom(values, toTensor);
    return values.map((each) => toTensor(each as Values)) as Tensors as In;
  }

  override computeOutputSpec(x: SpecsOf<In>): SpecsOf<Out> {
    if (this.#graph === undefined) return super.computeOutputSpec(x);
    return this.#graph.specs(this.className, x) as SpecsOf<Out>;
  }

  override computeOutputShape(inputShape: ShapesOf<In>): ShapesOf<Out> {
    if (this.#graph === undefined) return super.computeOutputShape(inputShape);
    const outputs = this.#graph.specs(this.className, specsWith(inputShape, this.dtype));
    return arrange(outputs as Structure<TensorSpec>, ({ shape }) => shape) as ShapesOf<Out>;
  }

  /**
   * Sets how the model is trained and judged.
   *
   * @throws ValueError for unknown names; the message lists the known ones.
   */
  compile(options: CompileOptions = {}): void {
    const compiled = new Compiled(options, this.#graph?.outputNames);
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

  /** Set by callbacks to end the epoch under way after the step under way; validation and the next epoch follow. */
  get stopEpoch(): boolean {
    return this.#stopEpoch;
  }
  set stopEpoch(stop: boolean) {
    this.#stopEpoch = stop;
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
    const { gradients, weights, loss, outcome } = this.backward(batch);
    this.optimizer.apply(gradients, weights);
    return this.computeMetrics(loss, outcome);
  }

  /** The first half of `trainStep`: forward and backward, up to the gradients of the trainable weights. */
  backward(batch: Batch): Backward {
    const { optimizer } = this;
    const tape = new GradientTape();
    const { outcome, loss, target } = tape.record(() => {
      const judged = this.#judge(batch, true);
      return { ...judged, target: optimizer.scaleLoss(judged.loss) };
    });
    const weights = this.trainableWeights;
    return { gradients: tape.gradient(target, weights), weights, loss, outcome };
  }

  /**
   * Whether all steps make the same calls, so that fit may record one and repeat it without its JavaScript, from the
   * third step of an epoch on: true where layers, losses and metrics are Crease's own. A layer's options that change
   * within an epoch (a rate, `trainable`) then count from the next one on. Override it for a model of your own whose
   * `call` depends on nothing but its inputs, its weights and `training`.
   */
  get isRepeatable(): boolean {
    return this.constructor === Model && this.consistsOfOwn(this.layers);
  }

  /** Whether a step of fit or evaluate may be repeated: not where a subclass writes that step itself. */
  repeats(method: "trainStep" | "testStep"): boolean {
    return this.isRepeatable && this[method] === Model.prototype[method];
  }

  /** True where these layers, the losses and the metrics are Crease's own. */
  protected consistsOfOwn(layers: readonly object[]): boolean {
    const isOwn = (layer: object): boolean => (layer instanceof Model ? layer.isRepeatable : isBuiltInLayer(layer));
    return layers.every(isOwn) && (this.#compiled === undefined || isBuiltInJudge(this.#compiled.options));
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

  /**
   * The mean of the loss, compiled metrics once the first batch was seen, and those in fields: what each epoch begins
   * anew. A model with metrics elsewhere overrides it.
   */
  get metrics(): readonly Metric<never>[] {
    return [...(this.#compiled?.metrics ?? []), ...metricsIn(this).values()];
  }

  /** Starts the running loss and all of `metrics` anew. */
  resetMetrics(): void {
    this.#compiled?.reset();
    const compiled = new Set(this.#compiled?.metrics);
    for (const metric of this.metrics) if (!compiled.has(metric)) metric.reset();
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

  /** The outputs for samples taken as one batch. */
  predictOnBatch(x: Samples): Promise<Out> {
    return predictOnBatch(this, x) as Promise<Out>;
  }

  /** A table of the layers with output shapes and numbers of parameters. */
  summary(): string {
    return summary(this);
  }

  /**
   * Writes the whole model into a file, whole or not at all: by the end of `path` a `.keras` file, which Keras 3 loads,
   * or its legacy `.h5`. What it was compiled with and the optimizer's state go with it; `loadModel` brings it back.
   *
   * @throws ValueError for another end of the path, for a model that is not built, and for layers that hold code
   *   (`Lambda`); DataError where the path cannot be written.
   */
  save(path: string, options: SaveOptions = {}): Promise<void> {
    return saveModel(this, path, options);
  }

  /**
   * Writes all weights into a file, whole or not at all: `.weights.h5` as Keras 3 has them, `.h5` as its legacy form,
   * `.npz`, else safetensors, both by the weights' paths.
   *
   * @throws ValueError for a path that ends on `.keras`; DataError where it cannot be written.
   */
  saveWeights(path: string): Promise<void> {
    return saveWeights(this, path);
  }

  /**
   * Sets all weights from a file of any of the forms of `saveWeights` and `save`, told apart by its content.
   *
   * @throws DataError where it lacks one or has another shape: then nothing is set.
   */
  loadWeights(source: FileSource): Promise<void> {
    return loadWeights(this, source);
  }

  /**
   * Writes a checkpoint, whole or not at all: weights, optimizer slots, step count and rate, running metrics and the random
   * state, in one safetensors file. Training goes on from it as if it had never stopped; fit's own position stands in
   * those that callbacks write (`BackupAndRestore`).
   *
   * @throws ValueError before `compile`; DataError where the path cannot be written.
   */
  saveCheckpoint(path: string): Promise<void> {
    return saveCheckpoint(this, path);
  }

  /**
   * Sets all that a checkpoint holds of the model; the random state is the whole program's.
   *
   * @throws DataError where it is one of another model or optimizer, or damaged: then nothing is set.
   */
  loadCheckpoint(source: FileSource): Promise<void> {
    return loadCheckpoint(this, source);
  }

  override getConfig(): Config {
    if (this.#graph === undefined) return super.getConfig();
    const { name, trainable } = this;
    return { name, trainable, ...graphConfig(this.#graph) };
  }

  /**
   * A model from what `getConfig` gave. Classes of models among its layers, but for functional ones, come in
   * `customObjects`; `modelFromJSON` knows them all.
   *
   * @throws DataError for a config without a graph; ValueError for unknown classes.
   */
  static override fromConfig(config: Config, options: ConfigOptions = {}): unknown {
    const customObjects = { Functional: Model, Model, ...options.customObjects };
    const { layers, inputLayers, outputLayers, ...rest } = config;
    if (layers === undefined) return new this(rest);
    const graph = graphFrom({ layers, inputLayers, outputLayers }, (each) => makeLayer(each, { customObjects }));
    return new this({ ...rest, ...(graph as object) });
  }

  /** What the model was compiled with, as JSON values; null before `compile`. @throws ValueError for a function as learning rate. */
  getCompileConfig(): Config | null {
    return this.#compiled === undefined ? null : compileConfigOf(this.#compiled);
  }

  /**
   * The model without its weights as Keras 3 writes it into the `config.json` of a `.keras` file; `JSON.stringify(model)`
   * is the text, `modelFromJSON` makes a model of it.
   *
   * @throws ValueError for layers that cannot be written: `Lambda`, whose function is code.
   */
  toJSON(): KerasJSON {
    const compileConfig = this.getCompileConfig();
    const fixed = { runEagerly: false, stepsPerExecution: 1, jitCompile: false };
    const described = describeLayer(this as unknown as Layer<Tensors, Tensors>);
    return toKeras(
      { ...described, compileConfig: compileConfig === null ? {} : { ...compileConfig, ...fixed } },
      "layer",
    );
  }

  /** Moves weights, optimizer slots and metrics, those in fields too, to another backend. */
  override async to(backend: Backend): Promise<void> {
    await super.to(backend);
    await this.#compiled?.to(backend);
    for (const metric of metricsIn(this).values()) await metric.to(backend);
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

function graphOf(model: { readonly className: string }, inputs: unknown, outputs: unknown): Graph {
  return new Graph(model.className, inputs as Symbolics, outputs as Symbolics);
}

/** A loss that outlives scopes becomes one of the scope around. */
function handOver(loss: Tensor): Tensor {
  const own = loss.reshape(loss.shape);
  loss.dispose();
  return own;
}
