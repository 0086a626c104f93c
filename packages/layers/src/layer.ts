/** The base of all layers: it finds weights in fields, builds on first use, checks, and names itself in errors. */
import { type Backend, type DType, isFloat, type OptionNames, type Shape, sizeOf, ValueError } from "@crease/backend";
import { keep, type Regularizer, scope, Tensor, type TensorLike, tensor, type Values, Variable } from "@crease/tensor";
import { blame } from "./blame.ts";
import { type Config, type ConfigOptions, classNameOf, serialize } from "./config.ts";
import { getConstraint } from "./constraints/get.ts";
import { leavesOf } from "./fields.ts";
import { getInitializer } from "./initializers/get.ts";
import {
  type ApplyOptions,
  type CallOptions,
  checkLayerOptions,
  type LayerOptions,
  sharedNames,
  type WeightOptions,
} from "./layerOptions.ts";
import { type Masks, passMasks } from "./passMasks.ts";
import { getRegularizer } from "./regularizers/get.ts";
import { isTensors, listOf, type MasksOf, masksOf, type ShapesOf, shapesOf, type Tensors } from "./shape.ts";
import { snakeCase } from "./snakeCase.ts";
import {
  commonDType,
  connect,
  type GraphNode,
  isSymbolics,
  mapSpecs,
  type SpecsOf,
  type Symbolic,
  type Symbolics,
  SymbolicTensor,
  specsWith,
} from "./symbolic.ts";
import { trialShape } from "./trialShape.ts";
import { assignWeights, type Weight } from "./weights.ts";

/** A layer inside another. */
export interface Sublayer {
  /** The field path: `layers.0`. */
  readonly path: string;
  readonly layer: Layer<Tensors, Tensors>;
}

type AnyLayer = Layer<Tensors, Tensors>;

/**
 * A function with weights. Its weights and inner layers are the Variables and layers in its own enumerable fields,
 * also in arrays and plain objects, in order; `#private` fields are not seen.
 *
 * Subclasses write `call`, and `build` where weights depend on the input's shape.
 *
 * @example
 * ```ts
 * import { Layer } from "@crease/layers";
 * import { randomUniform, tensor, type Tensor, Variable, zeros } from "@crease/tensor";
 * class NaiveDense extends Layer {
 *   readonly w: Variable;
 *   readonly b: Variable;
 *   constructor(inputSize: number, outputSize: number) {
 *     super();
 *     this.w = new Variable(randomUniform([inputSize, outputSize], { min: 0, max: 0.1 }));
 *     this.b = new Variable(zeros([outputSize]));
 *   }
 *   override call(x: Tensor): Tensor {
 *     return x.matmul(this.w).add(this.b).relu();
 *   }
 * }
 * const layer = new NaiveDense(3, 2);
 * layer.apply(tensor([[1, 2, 3]])).shape; // => [1, 2]
 * layer.countParams(); // => 8
 * layer.name; // => naive_dense
 * ```
 */
export abstract class Layer<In extends Tensors = Tensor, Out extends Tensors = Tensor> {
  static readonly sharedNames: OptionNames<LayerOptions> = sharedNames;
  /** Given by the user, else by the model that holds the layer. */
  name: string;
  /** Whether training changes the weights of this layer and of the layers in it. */
  trainable: boolean;
  /** Whether the weights exist. */
  built = false;
  /** Whether the mask of the input is that of the output too. */
  readonly supportsMasking: boolean = false;
  /** Element type of the weights. */
  readonly dtype: DType;
  readonly activityRegularizer: Regularizer | null;
  readonly #named: boolean;
  #losses: Tensor[] | undefined;
  #buildBackend: Backend | undefined;
  #inputShape: ShapesOf<In> | undefined;
  /** How many layers around this one are being called that are not trainable. */
  #holds = 0;
  readonly #calls: GraphNode[] = [];

  constructor(options: LayerOptions = {}) {
    checkLayerOptions(this.className, options, new.target);
    const { name, trainable = true, dtype = "float32", activityRegularizer = null } = options;
    this.name = name ?? this.defaultName;
    this.trainable = trainable;
    this.dtype = dtype;
    this.activityRegularizer = getRegularizer(activityRegularizer);
    this.#named = name !== undefined;
    // Whether the user or `apply` calls it: a build that succeeded is the last one, so no weight is made twice.
    const build = this.build.bind(this);
    const buildOnce = (shape: ShapesOf<In>): void => {
      if (this.built) return;
      build(shape);
      this.#finishBuild(shape);
    };
    Object.defineProperty(this, "build", { value: buildOnce, configurable: true, writable: true });
  }

  #finishBuild(shape: ShapesOf<In>): void {
    this.built = true;
    this.#inputShape = shape;
    if (this.#losses !== undefined) this.#collectInto(this.#losses);
  }

  /** The class's name in configs and messages: its own static `className`, which no minifier changes, else its name. */
  get className(): string {
    return classNameOf(this);
  }

  /** The name without a number that a layer has to which the user gave none: the class name in snake case. */
  get defaultName(): string {
    return snakeCase(this.className);
  }

  /** Shape of the input that it was built for; undefined before. */
  get inputShape(): ShapesOf<In> | undefined {
    return this.#inputShape;
  }

  /** While `build` runs: where weights go; undefined means the default backend. */
  protected get buildBackend(): Backend | undefined {
    return this.#buildBackend;
  }

  /** Whether the user gave the name; other layers are numbered by the model that holds them. */
  get isNamed(): boolean {
    return this.#named;
  }

  /** The output for an input; written by subclasses, called through `apply`. */
  abstract call(x: In, options: CallOptions): Out;

  /**
   * Makes the weights for inputs of this shape, `null` where a size is unknown. Written by subclasses; however often
   * it is called, it runs once.
   */
  build(_inputShape: ShapesOf<In>): void {}

  /**
   * The layer's output: builds on first use, then `call`. Numbers and arrays become a tensor first. Symbolic tensors
   * give symbolic tensors.
   *
   * @throws Every error names the layer: `layers.2 (Dense): ...`.
   */
  apply(x: Symbolic<In>, options?: ApplyOptions): Symbolic<Out>;
  apply(x: In | Values, options?: ApplyOptions): Out;
  apply(x: In | Values | Symbolic<In>, { training = false, mask }: ApplyOptions = {}): Out | Symbolic<Out> {
    if (!isTensors(x)) {
      if (isSymbolics(this.className, x)) return this.#applySymbolic(x);
      return this.#applyToValues(x as Values, { training, mask });
    }
    return blame(this, () => {
      if (!(x instanceof Tensor)) this.checkArrangement(x);
      this.ensureBuilt(shapesOf(x as In), { backend: listOf(x)[0]?.backend });
      const masks = mask ?? masksOf(x as In);
      const call = (): Out => this.call(x as In, { training, mask: masks instanceof Tensor ? masks : undefined });
      const y = training && !this.trainable ? this.#holdInner(call) : call();
      const regularizer = this.activityRegularizer;
      if (regularizer !== null && this.#losses !== undefined)
        // By the batch size, so that it is as strong in batches of any size.
        for (const part of listOf(y)) this.addLoss(scope(() => regularizer.call(part).div(part.shape[0] || 1)));
      if (masks !== undefined || this.computeMask !== Layer.prototype.computeMask)
        passMasks(y, () => this.computeMask(x as In, (masks ?? null) as MasksOf<In> | null));
      return y;
    });
  }

  /**
   * Which steps of the output count, kept on it as its `mask`, for an input and its masks (null where it has none). By
   * default the input's mask where the layer supports it, else null: then the mask ends here. Subclasses that make or
   * change masks override it.
   */
  computeMask(_x: In, mask: MasksOf<In> | null): Masks {
    return this.supportsMasking ? (mask as Masks) : null;
  }

  /** Refuses lists and objects of inputs where the layer takes none; by default it takes any. */
  protected checkArrangement(_inputs: readonly unknown[] | { readonly [name: string]: unknown }): void {}

  /** Whether this layer, or one around it that is being called, is not trainable: then moving statistics stay as they are. */
  protected get isFrozen(): boolean {
    return !this.trainable || this.#holds > 0;
  }

  #holdInner<R>(body: () => R): R {
    const inner = new Set<AnyLayer>();
    this.#findInner(inner);
    for (const layer of inner) layer.#holds++;
    try {
      return body();
    } finally {
      for (const layer of inner) layer.#holds--;
    }
  }

  #findInner(found: Set<AnyLayer>): void {
    for (const { layer } of this.sublayers()) {
      if (found.has(layer)) continue;
      found.add(layer);
      layer.#findInner(found);
    }
  }

  /** The tensors made here are given up, unless they are what `call` returned. */
  #applyToValues(values: Values, options: ApplyOptions): Out {
    const backend = this.weights[0]?.backend;
    const toTensor = (each: Values): Tensor => {
      const dtype = ArrayBuffer.isView(each) ? undefined : this.dtype;
      return tensor(each, { ...(dtype && { dtype }), ...(backend && { backend }) });
    };
    const x = blame(this, () => this.tensorsFrom(values, toTensor));
    let y: Out | undefined;
    try {
      y = this.apply(x, options);
      return y;
    } finally {
      for (const part of listOf(x)) if (y === undefined || !listOf(y).includes(part)) part.dispose();
    }
  }

  /** What arrays given in place of tensors become: one tensor; overridden by what takes several. */
  protected tensorsFrom(values: Values, toTensor: (values: Values) => Tensor): In {
    return toTensor(values) as Tensors as In;
  }

  #applySymbolic(x: Symbolics): Symbolic<Out> {
    return blame(this, () => {
      if (!(x instanceof SymbolicTensor)) this.checkArrangement(x);
      const specs = this.computeOutputSpec(x as unknown as SpecsOf<In>);
      return this.connect(x, specs) as Symbolic<Out>;
    });
  }

  /** Symbolic tensors for the outputs of a call; `null` for the inputs of a model. */
  protected connect(inputs: Symbolics | null, outputs: SpecsOf<Out>): Symbolics {
    return connect(this as unknown as AnyLayer, this.#calls, inputs, outputs);
  }

  /**
   * What the layer was applied to, where that was one symbolic tensor, or one list or object of them.
   *
   * @throws ValueError where it was not applied so, or more than once.
   */
  get input(): Symbolic<In> {
    return this.#onlyCall("input").inputs as Symbolic<In>;
  }

  /** What came out then: the start of a model that shows what a layer sees. @throws ValueError as `input`. */
  get output(): Symbolic<Out> {
    return this.#onlyCall("output").result as Symbolic<Out>;
  }

  #onlyCall(what: string): GraphNode {
    const [call] = this.#calls;
    if (call !== undefined && this.#calls.length === 1) return call;
    throw new ValueError({
      op: `${this.name}.${what}`,
      problem: `the layer was applied to symbolic tensors ${this.#calls.length} times`,
      fix: "Keep the symbolic tensors that `apply` took and returned",
    });
  }

  /** Shape and dtype of the output for inputs of these shapes and dtypes; builds the layer on first use. */
  computeOutputSpec(x: SpecsOf<In>): SpecsOf<Out> {
    return blame(this, () => {
      const shapes = mapSpecs(x, ({ shape }) => shape) as ShapesOf<In>;
      this.ensureBuilt(shapes);
      return specsWith(this.computeOutputShape(shapes), this.computeOutputDType(commonDType(x))) as SpecsOf<Out>;
    });
  }

  /** Builds the layer unless it is built: weights go to `backend`, by default the context's. */
  ensureBuilt(inputShape: ShapesOf<In>, { backend }: { readonly backend?: Backend | undefined } = {}): void {
    if (this.built) return;
    this.#buildBackend = backend;
    try {
      blame(this, () => this.build(inputShape));
    } finally {
      this.#buildBackend = undefined;
    }
  }

  /**
   * Shape of the output for inputs of this shape. By default it builds the layer and calls it with zeros of two batch
   * sizes; what differs is `null`. Override it where the shape can be computed.
   */
  computeOutputShape(inputShape: ShapesOf<In>): ShapesOf<Out> {
    this.ensureBuilt(inputShape);
    return trialShape(this as unknown as AnyLayer, inputShape) as ShapesOf<Out>;
  }

  /** dtype of the output for inputs of this dtype, by default the same. */
  computeOutputDType(inputDType: DType): DType {
    return inputDType;
  }

  /** A new weight of this layer, to be stored in a field; it carries its regularizer and constraint. */
  addWeight(name: string, shape: Shape, options: WeightOptions = {}): Variable {
    const { regularizer = null, constraint = null, trainable = true, dtype = this.dtype } = options;
    const initializer = getInitializer(options.initializer ?? (isFloat(dtype) ? "glorotUniform" : "zeros"));
    return scope(
      () =>
        new Variable(initializer.initialize(shape, { dtype, backend: this.#buildBackend }), {
          name,
          trainable,
          regularizer: getRegularizer(regularizer),
          constraint: getConstraint(constraint),
        }),
    );
  }

  /** Adds a scalar to the losses of the step under way (see `collectLosses`); without one, nothing happens. */
  addLoss(loss: Tensor): void {
    // Kept, since the scope of an outer layer may end before the step does.
    this.#losses?.push(keep(loss));
  }

  /**
   * Runs `body` as one step of this layer: what this layer and all layers in it pass to `addLoss` meanwhile is
   * returned beside the body's result. The losses outlive all scopes: the caller disposes them. Where the body throws,
   * they are given up.
   */
  collectLosses<R>(body: () => R): { readonly result: R; readonly losses: readonly Tensor[] } {
    const outer = this.#losses;
    const losses: Tensor[] = [];
    this.#collectInto(losses);
    try {
      return { result: body(), losses };
    } catch (error) {
      for (const loss of losses) loss.dispose();
      throw error;
    } finally {
      this.#collectInto(outer);
    }
  }

  #collectInto(losses: Tensor[] | undefined, seen: Set<unknown> = new Set()): void {
    if (seen.has(this)) return;
    seen.add(this);
    this.#losses = losses;
    for (const { layer } of this.sublayers()) layer.#collectInto(losses, seen);
  }

  /** The layers in this layer's fields, without those inside them. */
  sublayers(): readonly Sublayer[] {
    const isLayer = (value: unknown): value is AnyLayer => value instanceof Layer;
    return leavesOf(this, isLayer).map(({ path, value }) => ({ path, layer: value }));
  }

  /** All weights with their paths, those of inner layers too, each once, in the order of the fields. */
  namedWeights(): readonly Weight[] {
    const found = new Map<Variable, Weight>();
    this.#findWeights("", true, found, new Set());
    return [...found.values()];
  }

  #findWeights(prefix: string, trainable: boolean, found: Map<Variable, Weight>, seen: Set<AnyLayer>): void {
    seen.add(this as unknown as AnyLayer);
    const changes = trainable && this.trainable;
    const isPart = (value: unknown): value is Variable | AnyLayer =>
      value instanceof Variable || value instanceof Layer;
    for (const { path, value } of leavesOf(this, isPart)) {
      if (value instanceof Layer) {
        if (!seen.has(value)) value.#findWeights(`${prefix}${path}.`, changes, found, seen);
      } else if (!found.has(value))
        found.set(value, { path: prefix + path, variable: value, trainable: changes && value.trainable });
    }
  }

  /** All weights, those of inner layers too. */
  get weights(): readonly Variable[] {
    return this.namedWeights().map((weight) => weight.variable);
  }

  /** The weights that training changes. */
  get trainableWeights(): readonly Variable[] {
    return this.namedWeights().flatMap((weight) => (weight.trainable ? [weight.variable] : []));
  }

  /** The weights that training leaves alone. */
  get nonTrainableWeights(): readonly Variable[] {
    return this.namedWeights().flatMap((weight) => (weight.trainable ? [] : [weight.variable]));
  }

  /** Number of scalars in all weights. */
  countParams(): number {
    return this.weights.reduce((count, weight) => count + sizeOf(weight.shape), 0);
  }

  /** The values of all weights, in the order of `weights`. */
  getWeights(): Tensor[] {
    return this.weights.map((weight) => weight.value);
  }

  /**
   * Sets all weights, in the order of `weights`; nothing is set where one does not fit.
   *
   * @throws ValueError for another number of values than weights; ShapeError for a value of another shape.
   */
  setWeights(values: readonly TensorLike[]): void {
    assignWeights(`${this.className}.setWeights`, this.namedWeights(), values, this.built);
  }

  /** Moves all weights to another backend. */
  async to(backend: Backend): Promise<void> {
    for (const weight of this.weights) await weight.to(backend);
  }

  /** Gives up all weights. */
  dispose(): void {
    for (const weight of this.weights) weight.dispose();
  }

  /** What the layer was made with, as JSON values; `fromConfig` makes an equal layer from it. */
  getConfig(): Config {
    const { name, trainable, dtype } = this;
    const activityRegularizer = serialize(this.className, this.activityRegularizer);
    return { name, trainable, dtype, ...(activityRegularizer && { activityRegularizer }) };
  }

  /** A layer made from what `getConfig` gave; override it where the constructor takes more than one object of options. */
  static fromConfig(this: new (config: never) => unknown, config: Config, _options?: ConfigOptions): unknown {
    return new this(config as never);
  }
}
