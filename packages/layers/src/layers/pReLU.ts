/** The layer of a relu whose negative slope is learned. */
import { type OptionNames, requireInteger } from "@crease/backend";
import { type Constraint, type Regularizer, scope, type Tensor, type Variable } from "@crease/tensor";
import { axesIn, otherAxes, sizesAlong } from "../axes.ts";
import { type Config, type ConfigOptions, serialize } from "../config.ts";
import { type ConstraintLike, getConstraint } from "../constraints/get.ts";
import { getInitializer, type InitializerLike } from "../initializers/get.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { getRegularizer, type RegularizerLike } from "../regularizers/get.ts";
import { resolveParts } from "../resolveParts.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `PReLU` takes. */
export interface PReLUOptions extends LayerOptions {
  /** Default `"zeros"`. */
  readonly alphaInitializer?: InitializerLike | undefined;
  readonly alphaRegularizer?: RegularizerLike | undefined;
  readonly alphaConstraint?: ConstraintLike | undefined;
  /** Axes along which all elements have one slope, from 1 or negative; default none. */
  readonly sharedAxes?: readonly number[] | null | undefined;
}

/**
 * `x` where `x > 0`, else `alpha * x`, with an alpha for each element of a sample. Keras 3 `PReLU`.
 *
 * @throws AxisError for a shared axis out of range; ShapeError for inputs of another shape than the layer was built for.
 * @example
 * ```ts
 * import { Constant, PReLU } from "@crease/layers";
 * new PReLU({ alphaInitializer: new Constant(0.5) }).apply([[-1, 2]]).toString(); // => [[-0.5  2. ]]
 * ```
 */
export class PReLU extends UnaryLayer {
  static readonly className: string = "PReLU";
  static readonly ownNames: OptionNames<Omit<PReLUOptions, keyof LayerOptions>> = {
    alphaInitializer: true,
    alphaRegularizer: true,
    alphaConstraint: true,
    sharedAxes: true,
  };
  override readonly supportsMasking: boolean = true;
  alpha: Variable | null = null;
  readonly alphaInitializer: Initializer;
  readonly alphaRegularizer: Regularizer | null;
  readonly alphaConstraint: Constraint | null;
  readonly sharedAxes: readonly number[] | null;

  constructor(options: PReLUOptions = {}) {
    super(options);
    this.alphaInitializer = getInitializer(options.alphaInitializer ?? "zeros");
    this.alphaRegularizer = getRegularizer(options.alphaRegularizer ?? null);
    this.alphaConstraint = getConstraint(options.alphaConstraint ?? null);
    for (const axis of options.sharedAxes ?? []) requireInteger("PReLU", "a shared axis", axis, { min: 1 });
    this.sharedAxes = options.sharedAxes ?? null;
  }

  override build(inputShape: PartialShape): void {
    this.alpha = this.addWeight("alpha", this.#alphaShape(inputShape), {
      initializer: this.alphaInitializer,
      regularizer: this.alphaRegularizer,
      constraint: this.alphaConstraint,
    });
  }

  override call(x: Tensor): Tensor {
    this.#alphaShape(x.shape);
    const alpha = this.alpha as Variable;
    return scope(() => x.relu().sub(x.neg().relu().mul(alpha)));
  }

  /** A sample's shape, 1 along shared axes. */
  #alphaShape(inputShape: PartialShape): number[] {
    const shared = axesIn("PReLU", this.sharedAxes ?? [], inputShape);
    const own = otherAxes([0, ...shared], inputShape);
    const { sizes } = sizesAlong("PReLU", own, inputShape, this.inputShape);
    return inputShape.slice(1).map((_, i) => sizes[own.indexOf(i + 1)] ?? 1);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    this.#alphaShape(inputShape);
    return inputShape;
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      alphaInitializer: serialize("PReLU", this.alphaInitializer),
      alphaRegularizer: serialize("PReLU", this.alphaRegularizer),
      alphaConstraint: serialize("PReLU", this.alphaConstraint),
      sharedAxes: this.sharedAxes,
    };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): PReLU {
    return new PReLU(resolveParts(config as PReLUOptions, options));
  }
}
