/** Layers in a row. */
import { type Backend, ValueError } from "@crease/backend";
import {
  type CallOptions,
  type Config,
  type ConfigOptions,
  Input,
  InputLayer,
  Layer,
  type LayerOptions,
  type PartialShape,
  SymbolicTensor,
  type TensorSpec,
  type Tensors,
} from "@crease/layers";
import { scope, type Tensor } from "@crease/tensor";
import { describeLayer } from "./describeLayer.ts";
import type { Described } from "./keras/described.ts";
import { numberNames } from "./layerNames.ts";
import { makeLayer } from "./makeLayer.ts";
import { Model } from "./model.ts";

type AnyLayer = Layer<Tensor, Tensor>;

/**
 * A model in which each layer takes what the one before it gave. An `Input` in the first place builds it at once;
 * else it is built by the first batch.
 *
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { Sequential } from "@crease/models";
 * const model = new Sequential([Input({ shape: [784] }), new Dense(512, { activation: "relu" }), new Dense(10, { activation: "softmax" })]);
 * model.countParams(); // => 407050
 * model.layers.map((layer) => layer.name); // => ["dense", "dense_1"]
 * ```
 */
export class Sequential extends Model {
  static override readonly className: string = "Sequential";
  /** The layers in order. Change them with `add` and `pop`. */
  override readonly layers: AnyLayer[] = [];
  #input: SymbolicTensor | undefined;
  /** Once built: the input, then what each layer makes of it. */
  #values: SymbolicTensor[] = [];

  /** @throws ValueError for what is no layer; ShapeError where layers do not fit each other behind an `Input`. */
  constructor(layers: readonly (AnyLayer | SymbolicTensor)[] = [], options: LayerOptions = {}) {
    super(options);
    if (!Array.isArray(layers))
      throw new ValueError({
        op: "Sequential",
        problem: "the layers are no list",
        fix: "Write `new Sequential([new Dense(10)])`",
      });
    for (const layer of layers) this.add(layer);
  }

  /** Puts a layer at the end. @throws ValueError where it is no layer, or an `Input` behind other layers; ShapeError where it does not fit the layers before it: the model is as before then. */
  add(layer: AnyLayer | SymbolicTensor): void {
    if (layer instanceof SymbolicTensor) {
      if (this.layers.length > 0 || this.#input !== undefined)
        throw new ValueError({
          op: "Sequential.add",
          problem: "an Input stands behind other layers",
          fix: "Put it first",
        });
      this.#input = layer;
      return;
    }
    if (!(layer instanceof Layer))
      throw new ValueError({
        op: "Sequential.add",
        problem: `${describe(layer)} is no layer`,
        fix: "Add layers such as `new Dense(10)`",
      });
    if (layer instanceof InputLayer && this.layers.length === 0 && this.#input === undefined) {
      this.#input = layer.input;
      return;
    }
    this.layers.push(layer);
    numberNames(this.layers);
    try {
      this.#buildLast(layer);
    } catch (error) {
      this.layers.pop();
      throw error;
    }
  }

  /** Takes the last layer away and returns it. @throws ValueError where there is none. */
  pop(): AnyLayer {
    const layer = this.layers.pop();
    if (layer === undefined)
      throw new ValueError({ op: "Sequential.pop", problem: "there are no layers", fix: "Add one first" });
    if (this.#values.length > 1) this.#values.pop();
    return layer;
  }

  override getLayer(nameOrIndex: string | number): AnyLayer {
    return super.getLayer(nameOrIndex) as unknown as AnyLayer;
  }

  /** Builds the layer just added, where the shape of the model's inputs is known. */
  #buildLast(layer: AnyLayer): void {
    const shape = this.inputShape ?? this.#input?.shape;
    if (shape === undefined) return;
    if (!this.built) this.ensureBuilt(shape);
    else this.#append(layer, this.backend);
  }

  #append(layer: AnyLayer, backend: Backend | undefined): void {
    const x = this.#values.at(-1) as SymbolicTensor;
    layer.ensureBuilt(x.shape, { backend });
    this.#values.push(layer.apply(x));
  }

  override build(inputShape: PartialShape): void {
    this.#values = [this.#input ?? Input({ shape: inputShape.slice(1) })];
    for (const layer of this.layers) this.#append(layer, this.buildBackend);
  }

  protected override checkArrangement(inputs: readonly unknown[] | { readonly [name: string]: unknown }): void {
    const given = Array.isArray(inputs)
      ? `a list of ${inputs.length}`
      : `an object of ${Object.keys(inputs).join(", ")}`;
    throw new ValueError({
      op: this.className,
      problem: `it takes one tensor, got ${given}`,
      fix: "For several inputs make a model with `new Model({ inputs, outputs })`",
    });
  }

  override get input(): SymbolicTensor {
    return this.#values[0] ?? super.input;
  }

  override get output(): SymbolicTensor {
    return this.#values.at(-1) ?? super.output;
  }

  override call(x: Tensor, { training }: CallOptions): Tensor {
    return scope(() => this.layers.reduce((value, layer) => layer.apply(value, { training }), x));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return this.layers.reduce((shape, layer) => layer.computeOutputShape(shape), inputShape);
  }

  override computeOutputSpec(x: TensorSpec): TensorSpec {
    this.ensureBuilt(x.shape);
    return this.layers.reduce((spec, layer) => layer.computeOutputSpec(spec), x);
  }

  override get isRepeatable(): boolean {
    return this.constructor === Sequential && this.consistsOfOwn(this.layers);
  }

  override getConfig(): Config {
    const [entry] = this.#values;
    const own = this.layers as unknown as readonly Layer<Tensors, Tensors>[];
    const layers = [...(entry ? [entry.node.layer] : []), ...own];
    return {
      ...super.getConfig(),
      layers: layers.map(describeLayer),
      ...(entry && { buildInputShape: entry.shape }),
    };
  }

  /**
   * A model from what `getConfig` gave, built where that was; models among the layers are known without `customObjects`.
   *
   * @throws ValueError for a config without a list of layers, and for unknown classes.
   */
  static override fromConfig(config: Config, options: ConfigOptions = {}): Sequential {
    const { layers, buildInputShape, ...rest } = config;
    if (!Array.isArray(layers))
      throw new ValueError({
        op: "Sequential.fromConfig",
        problem: "the config has no list of layers",
        fix: "Pass what `getConfig` returned",
      });
    const customObjects = { Sequential, Functional: Model, Model, ...options.customObjects };
    const model = new this(
      layers.map((layer) => makeLayer(layer as Described, { customObjects }) as unknown as AnyLayer),
      rest,
    );
    const shape = buildInputShape ?? batchInputShapeOf(layers[0] as Described | undefined);
    if (Array.isArray(shape) && !model.built) model.ensureBuilt(shape as PartialShape);
    return model;
  }
}

/** What messages call a value that is no layer. */
function describe(value: unknown): string {
  if (typeof value === "function") return `the ${/^class\b/.test(String(value)) ? "class" : "function"} ${value.name}`;
  return typeof value === "object" && value !== null ? "an object" : (JSON.stringify(value) ?? String(value));
}

/** Where Keras 2 says what a model takes: with its first layer. */
function batchInputShapeOf(first: Described | undefined): unknown {
  return typeof first?.config === "object" ? first.config.batchInputShape : undefined;
}
