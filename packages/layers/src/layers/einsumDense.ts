/** The dense layer over any axes. */
import { type DType, type OptionNames, requireInteger, ShapeError, ValueError } from "@crease/backend";
import { type Constraint, einsum, type Regularizer, scope, type Tensor, type Variable } from "@crease/tensor";
import { type Config, type ConfigOptions, serialize } from "../config.ts";
import { getConstraint } from "../constraints/get.ts";
import { type EinsumShapes, type EinsumTerms, einsumShapes, einsumTerms } from "../einsumShapes.ts";
import { type Activation, activationName, getActivation } from "../getActivation.ts";
import { getInitializer } from "../initializers/get.ts";
import { type CreateOptions, Initializer } from "../initializers/initializer.ts";
import { VarianceScaling } from "../initializers/varianceScaling.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { getRegularizer } from "../regularizers/get.ts";
import { resolveParts } from "../resolveParts.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";
import type { DenseOptions } from "./dense.ts";

/** What `EinsumDense` takes besides its equation and output shape. */
export interface EinsumDenseOptions extends Omit<DenseOptions, "useBias"> {
  /** Letters of the output along which there is a bias; default none. */
  readonly biasAxes?: string | null | undefined;
}

/**
 * `activation(einsum(equation, x, kernel) + bias)`. `outputShape` has the sizes after the batch, null for those that
 * the input has; the input is cast to the kernel's dtype. Keras 3 `EinsumDense`.
 *
 * @throws ValueError for an equation of another form and for bias axes that are not the output's; ShapeError for inputs
 * that do not fit it or are of other sizes than the layer was built for.
 * @example
 * ```ts
 * import { EinsumDense } from "@crease/layers";
 * import { zeros } from "@crease/tensor";
 * const layer = new EinsumDense("abc,cd->abd", [null, 64], { biasAxes: "d" });
 * layer.apply(zeros([8, 32, 128])).shape; // => [8, 32, 64]
 * layer.countParams(); // => 8256
 * ```
 */
export class EinsumDense extends UnaryLayer {
  static readonly className: string = "EinsumDense";
  static readonly ownNames: OptionNames<Omit<EinsumDenseOptions, keyof LayerOptions>> = {
    activation: true,
    kernelInitializer: true,
    biasInitializer: true,
    kernelRegularizer: true,
    biasRegularizer: true,
    kernelConstraint: true,
    biasConstraint: true,
    biasAxes: true,
  };
  kernel: Variable | null = null;
  bias: Variable | null = null;
  readonly equation: string;
  readonly outputShape: PartialShape;
  readonly activation: Activation;
  readonly biasAxes: string | null;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;
  readonly #terms: EinsumTerms;

  constructor(equation: string, outputShape: number | PartialShape, options: EinsumDenseOptions = {}) {
    super(options);
    this.#terms = einsumTerms(equation);
    this.equation = equation;
    this.outputShape = typeof outputShape === "number" ? [outputShape] : [...outputShape];
    for (const size of this.outputShape)
      if (size !== null) requireInteger("EinsumDense", "a size in outputShape", size, { min: 1 });
    this.activation = getActivation(options.activation ?? null);
    this.biasAxes = options.biasAxes ?? null;
    for (const letter of this.biasAxes ?? "")
      if (!this.#terms.output.includes(letter))
        throw new ValueError({
          op: "EinsumDense",
          problem: `the bias axis "${letter}" is not in the output of "${equation}"`,
          fix: "Use letters of the output",
        });
    this.kernelInitializer = getInitializer(options.kernelInitializer ?? "glorotUniform");
    this.biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
    this.kernelRegularizer = getRegularizer(options.kernelRegularizer ?? null);
    this.biasRegularizer = getRegularizer(options.biasRegularizer ?? null);
    this.kernelConstraint = getConstraint(options.kernelConstraint ?? null);
    this.biasConstraint = getConstraint(options.biasConstraint ?? null);
  }

  override build(inputShape: PartialShape): void {
    const { kernel, bias, fans } = this.#shapesFor(inputShape);
    const isScaled = this.kernelInitializer instanceof VarianceScaling;
    this.kernel = this.addWeight("kernel", kernel, {
      initializer: isScaled ? new Fanned(this.kernelInitializer, fans) : this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    if (bias === null) return;
    this.bias = this.addWeight("bias", bias, {
      initializer: this.biasInitializer,
      regularizer: this.biasRegularizer,
      constraint: this.biasConstraint,
    });
  }

  override call(x: Tensor): Tensor {
    this.#shapesFor(x.shape);
    const kernel = this.kernel as Variable;
    return scope(() => {
      const product = einsum(this.equation, x.cast(kernel.dtype), kernel);
      return this.activation(this.bias === null ? product : product.add(this.bias));
    });
  }

  #shapesFor(inputShape: PartialShape): EinsumShapes {
    const shapes = einsumShapes(this.equation, this.#terms, this.outputShape, this.biasAxes, inputShape);
    const built = this.kernel?.shape ?? shapes.kernel;
    if (String(built) !== String(shapes.kernel))
      throw new ShapeError({
        op: "EinsumDense",
        problem: `"${this.equation}" was built with a kernel of shape [${built}] and needs [${shapes.kernel}] for an input of shape ${formatPartialShape(inputShape)}`,
        fix: "Pass inputs with the sizes that the layer was built for",
      });
    return shapes;
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return this.#shapesFor(inputShape).output;
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      equation: this.equation,
      outputShape: this.outputShape,
      activation: activationName(this.activation),
      biasAxes: this.biasAxes,
      kernelInitializer: serialize("EinsumDense", this.kernelInitializer),
      biasInitializer: serialize("EinsumDense", this.biasInitializer),
      kernelRegularizer: serialize("EinsumDense", this.kernelRegularizer),
      biasRegularizer: serialize("EinsumDense", this.biasRegularizer),
      kernelConstraint: serialize("EinsumDense", this.kernelConstraint),
      biasConstraint: serialize("EinsumDense", this.biasConstraint),
    };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): EinsumDense {
    const { equation, outputShape, ...rest } = config as Config &
      EinsumDenseOptions & { readonly equation: string; readonly outputShape: PartialShape };
    return new EinsumDense(equation, outputShape, resolveParts(rest, options));
  }
}

/** An initializer that scales to these fans, not to those of a shape whose axes mean something else. */
class Fanned extends Initializer {
  readonly #inner: Initializer;
  readonly #fans: readonly [number, number];

  constructor(inner: Initializer, fans: readonly [number, number]) {
    super();
    this.#inner = inner;
    this.#fans = fans;
  }

  override initialize(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#inner.initialize(this.#fans, options).reshape(shape);
  }
}
