/** The fully connected layer. */
import { type DType, type OptionNames, requireInteger, ShapeError } from "@crease/backend";
import { type Constraint, type Regularizer, scope, type Tensor, type Variable } from "@crease/tensor";
import { relu } from "../activations/relu.ts";
import { type Config, type ConfigOptions, serialize } from "../config.ts";
import { type ConstraintLike, getConstraint } from "../constraints/get.ts";
import { type Activation, type ActivationLike, activationName, getActivation } from "../getActivation.ts";
import { getInitializer, type InitializerLike } from "../initializers/get.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { getRegularizer, type RegularizerLike } from "../regularizers/get.ts";
import { resolveParts } from "../resolveParts.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Dense` takes besides its units. */
export interface DenseOptions extends LayerOptions {
  /** Default linear. */
  readonly activation?: ActivationLike | undefined;
  /** Default true. */
  readonly useBias?: boolean | undefined;
  /** Default `"glorotUniform"`. */
  readonly kernelInitializer?: InitializerLike | undefined;
  /** Default `"zeros"`. */
  readonly biasInitializer?: InitializerLike | undefined;
  readonly kernelRegularizer?: RegularizerLike | undefined;
  readonly biasRegularizer?: RegularizerLike | undefined;
  readonly kernelConstraint?: ConstraintLike | undefined;
  readonly biasConstraint?: ConstraintLike | undefined;
}

/**
 * `activation(x kernel + bias)`, from `[..., features]` to `[..., units]`; the input is cast to the kernel's dtype.
 * Keras 3 `Dense`.
 *
 * @throws ValueError where `units` is no whole number over 0; ShapeError for inputs of rank below 2 or of other
 * features than the layer was built for.
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * const layer = new Dense(2, { activation: "relu", kernelInitializer: "ones" });
 * layer.apply([[1, 2, 3], [-1, -1, -1]]).toString(); // => [[6. 6.] [0. 0.]]
 * layer.countParams(); // => 8
 * ```
 */
export class Dense extends UnaryLayer {
  static readonly className: string = "Dense";
  static readonly ownNames: OptionNames<Omit<DenseOptions, keyof LayerOptions>> = {
    activation: true,
    useBias: true,
    kernelInitializer: true,
    biasInitializer: true,
    kernelRegularizer: true,
    biasRegularizer: true,
    kernelConstraint: true,
    biasConstraint: true,
  };
  override readonly supportsMasking: boolean = true;
  kernel: Variable | null = null;
  bias: Variable | null = null;
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;

  constructor(units: number, options: DenseOptions = {}) {
    super(options);
    requireInteger("Dense", "units", units, { min: 1 });
    this.units = units;
    this.activation = getActivation(options.activation ?? null);
    this.useBias = options.useBias ?? true;
    this.kernelInitializer = getInitializer(options.kernelInitializer ?? "glorotUniform");
    this.biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
    this.kernelRegularizer = getRegularizer(options.kernelRegularizer ?? null);
    this.biasRegularizer = getRegularizer(options.biasRegularizer ?? null);
    this.kernelConstraint = getConstraint(options.kernelConstraint ?? null);
    this.biasConstraint = getConstraint(options.biasConstraint ?? null);
  }

  override build(inputShape: PartialShape): void {
    const features = this.#featuresOf(inputShape);
    this.kernel = this.addWeight("kernel", [features, this.units], {
      initializer: this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    if (!this.useBias) return;
    this.bias = this.addWeight("bias", [this.units], {
      initializer: this.biasInitializer,
      regularizer: this.biasRegularizer,
      constraint: this.biasConstraint,
    });
  }

  override call(x: Tensor): Tensor {
    this.#featuresOf(x.shape);
    const kernel = this.kernel as Variable;
    return scope(() => {
      const input = x.dtype === kernel.dtype ? x : x.cast(kernel.dtype);
      if (this.bias === null) return this.activation(input.matmul(kernel));
      if (this.activation === relu) return input.dense(kernel, this.bias, { activation: "relu" });
      return this.activation(input.dense(kernel, this.bias, { activation: "linear" }));
    });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    this.#featuresOf(inputShape);
    return [...inputShape.slice(0, -1), this.units];
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  /** Size of the last axis of an input. */
  #featuresOf(inputShape: PartialShape): number {
    const features = inputShape[inputShape.length - 1] ?? null;
    const shape = formatPartialShape(inputShape);
    if (inputShape.length < 2)
      throw new ShapeError({
        op: "Dense",
        problem: `the input has rank ${inputShape.length} and wants 2 or more, got shape ${shape}`,
        fix: "Add a batch axis: `x.expandDims(0)`",
      });
    if (features === null)
      throw new ShapeError({
        op: "Dense",
        problem: `the size of the last axis is unknown, got shape ${shape}`,
        fix: "Give it in `Input({ shape })`",
      });
    const expected = this.kernel?.shape[0] ?? features;
    if (features !== expected)
      throw new ShapeError({
        op: "Dense",
        problem: `it was built for ${expected} features and got ${features}, in an input of shape ${shape}`,
        fix: `Pass inputs of shape ${formatPartialShape([...inputShape.slice(0, -1), expected])}`,
      });
    return features;
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      units: this.units,
      activation: activationName(this.activation),
      useBias: this.useBias,
      kernelInitializer: serialize("Dense", this.kernelInitializer),
      biasInitializer: serialize("Dense", this.biasInitializer),
      kernelRegularizer: serialize("Dense", this.kernelRegularizer),
      biasRegularizer: serialize("Dense", this.biasRegularizer),
      kernelConstraint: serialize("Dense", this.kernelConstraint),
      biasConstraint: serialize("Dense", this.biasConstraint),
    };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): Dense {
    const { units, ...rest } = config as Config & DenseOptions & { readonly units: number };
    return new Dense(units, resolveParts(rest, options));
  }
}
