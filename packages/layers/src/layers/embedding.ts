/** The layer that looks up a vector for each integer. */
import { type DType, isInteger, type OptionNames, requireInteger } from "@crease/backend";
import { type Constraint, type Regularizer, scope, type Tensor, type Variable } from "@crease/tensor";
import { type Config, type ConfigOptions, serialize } from "../config.ts";
import { type ConstraintLike, getConstraint } from "../constraints/get.ts";
import { getInitializer, type InitializerLike } from "../initializers/get.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { getRegularizer, type RegularizerLike } from "../regularizers/get.ts";
import { resolveParts } from "../resolveParts.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Embedding` takes besides its sizes. */
export interface EmbeddingOptions extends LayerOptions {
  /** Default `"randomUniform"`: from -0.05 to 0.05. */
  readonly embeddingsInitializer?: InitializerLike | undefined;
  readonly embeddingsRegularizer?: RegularizerLike | undefined;
  readonly embeddingsConstraint?: ConstraintLike | undefined;
  /** Whether 0 is padding: then the output has a mask that leaves it out. Default false. */
  readonly maskZero?: boolean | undefined;
}

/**
 * Row `x[i]` of `embeddings`, from integers of `[...]` to `[..., outputDim]`; floats are truncated. Keras 3 `Embedding`.
 *
 * @throws ValueError where a size is no whole number over 0, and for an integer outside `[0, inputDim)`.
 * @example
 * ```ts
 * import { Embedding } from "@crease/layers";
 * const layer = new Embedding(3, 2);
 * layer.build();
 * layer.setWeights([[[0, 1], [2, 3], [4, 5]]]);
 * layer.apply([[2, 0]]).toString(); // => [[[4. 5.] [0. 1.]]]
 * ```
 */
export class Embedding extends UnaryLayer {
  static readonly className: string = "Embedding";
  static readonly ownNames: OptionNames<Omit<EmbeddingOptions, keyof LayerOptions>> = {
    embeddingsInitializer: true,
    embeddingsRegularizer: true,
    embeddingsConstraint: true,
    maskZero: true,
  };
  embeddings: Variable | null = null;
  readonly inputDim: number;
  readonly outputDim: number;
  readonly embeddingsInitializer: Initializer;
  readonly embeddingsRegularizer: Regularizer | null;
  readonly embeddingsConstraint: Constraint | null;
  readonly maskZero: boolean;

  constructor(inputDim: number, outputDim: number, options: EmbeddingOptions = {}) {
    super(options);
    for (const [name, size] of Object.entries({ inputDim, outputDim }))
      requireInteger("Embedding", name, size, { min: 1 });
    this.inputDim = inputDim;
    this.outputDim = outputDim;
    this.embeddingsInitializer = getInitializer(options.embeddingsInitializer ?? "randomUniform");
    this.embeddingsRegularizer = getRegularizer(options.embeddingsRegularizer ?? null);
    this.embeddingsConstraint = getConstraint(options.embeddingsConstraint ?? null);
    this.maskZero = options.maskZero ?? false;
  }

  override build(_inputShape?: PartialShape): void {
    this.embeddings = this.addWeight("embeddings", [this.inputDim, this.outputDim], {
      initializer: this.embeddingsInitializer,
      regularizer: this.embeddingsRegularizer,
      constraint: this.embeddingsConstraint,
    });
  }

  override call(x: Tensor): Tensor {
    const embeddings = this.embeddings as Variable;
    return scope(() => embeddings.value.gather(isInteger(x.dtype) ? x : x.cast("int32")));
  }

  /** True where the input is not padding; null for a layer without `maskZero`. */
  override computeMask(x: Tensor): Tensor | null {
    return this.maskZero ? x.notEqual(0) : null;
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return [...inputShape, this.outputDim];
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      inputDim: this.inputDim,
      outputDim: this.outputDim,
      embeddingsInitializer: serialize("Embedding", this.embeddingsInitializer),
      embeddingsRegularizer: serialize("Embedding", this.embeddingsRegularizer),
      embeddingsConstraint: serialize("Embedding", this.embeddingsConstraint),
      maskZero: this.maskZero,
    };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): Embedding {
    const { inputDim, outputDim, ...rest } = config as Config &
      EmbeddingOptions & { readonly inputDim: number; readonly outputDim: number };
    return new Embedding(inputDim, outputDim, resolveParts(rest, options));
  }
}
