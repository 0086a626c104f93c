/** The base of layers that normalize, then scale with `gamma` and shift with `beta`. */
import { type DType, requireNumber, type Shape } from "@crease/backend";
import type { Constraint, Regularizer, Tensor, Variable } from "@crease/tensor";
import { onlyAlong, sizesAlong } from "../axes.ts";
import { type Config, serialize } from "../config.ts";
import { type ConstraintLike, getConstraint } from "../constraints/get.ts";
import { getInitializer, type InitializerLike } from "../initializers/get.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { getRegularizer, type RegularizerLike } from "../regularizers/get.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What all layers take that scale and shift what they normalized. */
export interface AffineNormalizationOptions extends LayerOptions {
  /** Added to the variance, default 0.001. */
  readonly epsilon?: number | undefined;
  /** Whether there is a `beta`, default true. */
  readonly center?: boolean | undefined;
  /** Whether there is a `gamma`, default true. */
  readonly scale?: boolean | undefined;
  /** Default `"zeros"`. */
  readonly betaInitializer?: InitializerLike | undefined;
  /** Default `"ones"`. */
  readonly gammaInitializer?: InitializerLike | undefined;
  readonly betaRegularizer?: RegularizerLike | undefined;
  readonly gammaRegularizer?: RegularizerLike | undefined;
  readonly betaConstraint?: ConstraintLike | undefined;
  readonly gammaConstraint?: ConstraintLike | undefined;
}

/** A layer with `gamma` and `beta` along an axis, or along several. */
export abstract class AffineNormalization extends UnaryLayer {
  gamma: Variable | null = null;
  beta: Variable | null = null;
  abstract readonly axis: number | readonly number[];
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly betaInitializer: Initializer;
  readonly gammaInitializer: Initializer;
  readonly betaRegularizer: Regularizer | null;
  readonly gammaRegularizer: Regularizer | null;
  readonly betaConstraint: Constraint | null;
  readonly gammaConstraint: Constraint | null;

  constructor(options: AffineNormalizationOptions = {}) {
    super(options);
    const { epsilon = 1e-3, center = true, scale = true } = options;
    requireNumber(this.className, "epsilon", epsilon, { min: 0 });
    this.epsilon = epsilon;
    this.center = center;
    this.scale = scale;
    this.betaInitializer = getInitializer(options.betaInitializer ?? "zeros");
    this.gammaInitializer = getInitializer(options.gammaInitializer ?? "ones");
    this.betaRegularizer = getRegularizer(options.betaRegularizer ?? null);
    this.gammaRegularizer = getRegularizer(options.gammaRegularizer ?? null);
    this.betaConstraint = getConstraint(options.betaConstraint ?? null);
    this.gammaConstraint = getConstraint(options.gammaConstraint ?? null);
  }

  override build(inputShape: PartialShape): void {
    const { sizes } = this.along(inputShape);
    if (this.scale)
      this.gamma = this.addWeight("gamma", sizes, {
        initializer: this.gammaInitializer,
        regularizer: this.gammaRegularizer,
        constraint: this.gammaConstraint,
      });
    if (this.center)
      this.beta = this.addWeight("beta", sizes, {
        initializer: this.betaInitializer,
        regularizer: this.betaRegularizer,
        constraint: this.betaConstraint,
      });
  }

  /** The axes of `gamma` and `beta` in an input, and the sizes along them; checks that the layer was built for these. */
  protected along(shape: PartialShape): { readonly axes: number[]; readonly sizes: Shape } {
    return sizesAlong(this.className, this.axis, shape, this.inputShape);
  }

  /** The input in the dtype to compute in: squares leave float16's range. */
  protected wide(x: Tensor): Tensor {
    return x.cast(this.dtype === "float16" ? "float32" : this.dtype);
  }

  /** `x * gamma + beta`, in the layer's dtype. */
  protected affine(x: Tensor, axes: readonly number[]): Tensor {
    const shape = onlyAlong(axes, x.shape);
    const scaled = this.gamma === null ? x : x.mul(this.gamma.value.reshape(shape));
    const shifted = this.beta === null ? scaled : scaled.add(this.beta.value.reshape(shape));
    return shifted.cast(this.dtype);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    this.along(inputShape);
    return inputShape;
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    const { axis, epsilon, center, scale, className } = this;
    return {
      ...super.getConfig(),
      axis,
      epsilon,
      center,
      scale,
      betaInitializer: serialize(className, this.betaInitializer),
      gammaInitializer: serialize(className, this.gammaInitializer),
      betaRegularizer: serialize(className, this.betaRegularizer),
      gammaRegularizer: serialize(className, this.gammaRegularizer),
      betaConstraint: serialize(className, this.betaConstraint),
      gammaConstraint: serialize(className, this.gammaConstraint),
    };
  }
}
