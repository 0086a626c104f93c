/** The layer that normalizes by the mean and variance of data seen before training. */
import { type DType, type OptionNames, ShapeError, ValueError } from "@crease/backend";
import { asTensor, type NestedArray, scope, type Tensor, tensor, Variable } from "@crease/tensor";
import { onlyAlong, otherAxes, requireAxes, sizesAlong } from "../axes.ts";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { type AdaptData, adaptBatches } from "../preprocessing/adaptBatches.ts";
import { type Moments, mergeMoments } from "../preprocessing/moments.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Normalization` takes. */
export interface NormalizationOptions extends LayerOptions {
  /** The axes that have a mean for each index, default the last; null or `[]` for one mean of everything. */
  readonly axis?: number | readonly number[] | null | undefined;
  /** The means, broadcast along the axes, where they need not be learned; only together with `variance`. */
  readonly mean?: number | NestedArray | null | undefined;
  readonly variance?: number | NestedArray | null | undefined;
  /** Whether to turn normalized inputs back, default false. */
  readonly invert?: boolean | undefined;
}

/** The least standard deviation, Keras's `epsilon()`. */
const leastDeviation = 1e-7;

/**
 * `(x - mean) / max(sqrt(variance), 1e-7)`, or with `invert` `mean + x max(sqrt(variance), 1e-7)`. Mean and variance
 * (which divides by n) are given, or learned by `adapt` and kept as weights that training leaves alone.
 * Keras 3 `Normalization`.
 *
 * @throws ValueError for a mean without a variance, for two of different shape, of more axes than `axis`, or a variance
 * below 0; AxisError for an axis out of range; ShapeError for inputs with other features than the layer was built for.
 * @example
 * ```ts
 * import { Normalization } from "@crease/layers";
 * const layer = new Normalization();
 * await layer.adapt([[0, 7], [2, 9], [0, 7], [2, 9]]);
 * layer.apply([[0, 10]]).toString(); // => [[-1.  2.]]
 * new Normalization({ mean: 3, variance: 4 }).apply([[5], [3]]).toString(); // => [[1.] [0.]]
 * ```
 */
export class Normalization extends UnaryLayer {
  static readonly className: string = "Normalization";
  static readonly ownNames: OptionNames<Omit<NormalizationOptions, keyof LayerOptions>> = {
    axis: true,
    mean: true,
    variance: true,
    invert: true,
  };
  override readonly supportsMasking: boolean = true;
  mean: Variable | null = null;
  variance: Variable | null = null;
  count: Variable | null = null;
  readonly axis: number | readonly number[] | null;
  /** What was given at construction; null where it is learned. */
  readonly inputMean: number | NestedArray | null;
  readonly inputVariance: number | NestedArray | null;
  readonly invert: boolean;

  constructor(options: NormalizationOptions = {}) {
    super(options);
    const { axis = -1, mean = null, variance = null, invert = false } = options;
    if (axis !== null) requireAxes("Normalization", axis);
    this.axis = axis;
    this.inputMean = mean;
    this.inputVariance = variance;
    this.invert = invert;
    checkGiven(mean, variance, this.#axes.length);
  }

  get #axes(): readonly number[] {
    return typeof this.axis === "number" ? [this.axis] : (this.axis ?? []);
  }

  override build(inputShape: PartialShape): void {
    const { sizes } = this.#along(inputShape);
    if (this.inputMean !== null) {
      const given = scope(() => asTensor(this.inputMean as NestedArray).shape);
      const beside = sizes.slice(sizes.length - given.length);
      if (given.some((size, i) => size !== 1 && size !== beside[i]))
        throw new ShapeError({
          op: "Normalization",
          problem: `a mean of shape [${given}] does not fit the sizes [${sizes}] along axis ${this.#axes}`,
          fix: "Give one number, or one for each index",
        });
      return;
    }
    this.mean = this.addWeight("mean", sizes, { initializer: "zeros", trainable: false });
    this.variance = this.addWeight("variance", sizes, { initializer: "ones", trainable: false });
    this.count = this.addWeight("count", [], { initializer: "zeros", trainable: false, dtype: "int32" });
  }

  #along(shape: PartialShape): { readonly axes: number[]; readonly sizes: number[] } {
    return sizesAlong("Normalization", this.#axes, shape, this.inputShape);
  }

  /**
   * Learns mean and variance, and builds the layer if it is not built. Data seen before are forgotten.
   *
   * @throws ValueError where mean and variance were given, and for data without samples; errors of shapes as `apply`.
   */
  async adapt(data: AdaptData): Promise<void> {
    const op = "Normalization.adapt";
    if (this.inputMean !== null)
      throw new ValueError({
        op,
        problem: "mean and variance were given at construction",
        fix: "Make a layer without them to learn them",
      });
    let total: Moments | undefined;
    for await (const x of adaptBatches(op, data, { dtype: this.dtype })) {
      this.ensureBuilt(x.shape, { backend: x.backend });
      const batch = await this.#momentsOf(x);
      if (batch.count > 0) total = total === undefined ? batch : mergeMoments(total, batch);
    }
    if (total === undefined)
      throw new ValueError({ op, problem: "the data have no samples", fix: "Give at least one" });
    assignNumbers(this.mean as Variable, total.mean);
    assignNumbers(this.variance as Variable, total.variance);
  }

  async #momentsOf(x: Tensor): Promise<Moments> {
    const others = otherAxes(this.#along(x.shape).axes, x.shape);
    const [mean, variance] = scope(() => {
      const input = x.cast(this.dtype);
      return [input.mean(others), input.var(others)] as const;
    });
    const count = others.reduce((product, axis) => product * (x.shape[axis] as number), 1);
    try {
      return { mean: await numbersOf(mean), variance: await numbersOf(variance), count };
    } finally {
      mean.dispose();
      variance.dispose();
    }
  }

  override call(x: Tensor): Tensor {
    const { axes } = this.#along(x.shape);
    return scope(() => {
      const [mean, variance] = [this.mean ?? this.inputMean, this.variance ?? this.inputVariance].map((value) =>
        this.#broadcast(value as Variable | NestedArray, axes, x),
      ) as [Tensor, Tensor];
      const deviation = variance.sqrt().maximum(leastDeviation);
      const input = x.cast(this.dtype);
      return this.invert ? mean.add(input.mul(deviation)) : input.sub(mean).div(deviation);
    });
  }

  /** The sizes of what is given stand along the last of the axes. */
  #broadcast(value: Variable | NestedArray, axes: readonly number[], x: Tensor): Tensor {
    if (value instanceof Variable) return value.value.reshape(onlyAlong(axes, x.shape));
    const given = asTensor(value, { dtype: this.dtype, backend: x.backend });
    const shape = x.shape.map(() => 1);
    const last = axes.slice(axes.length - given.ndim);
    for (const [i, axis] of last.entries()) shape[axis] = given.shape[i] as number;
    return given.reshape(shape);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    this.#along(inputShape);
    return inputShape;
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    const { axis, invert, inputMean, inputVariance } = this;
    return { ...super.getConfig(), axis, invert, mean: inputMean, variance: inputVariance };
  }
}

/** @throws ValueError for a mean and a variance that are no pair, or of more axes than there are. */
function checkGiven(mean: number | NestedArray | null, variance: number | NestedArray | null, axes: number): void {
  const op = "Normalization";
  if (mean === null && variance === null) return;
  if (mean === null || variance === null)
    throw new ValueError({
      op,
      problem: `${mean === null ? "variance" : "mean"} is given alone`,
      fix: "Give both mean and variance, or neither and call `adapt`",
    });
  scope(() => {
    const [center, spread] = [asTensor(mean, { op }), asTensor(variance, { op })];
    if (String(center.shape) !== String(spread.shape))
      throw new ValueError({
        op,
        problem: `mean has shape [${center.shape}] and variance [${spread.shape}]`,
        fix: "Give a variance for each mean",
      });
    if (center.ndim > axes)
      throw new ValueError({
        op,
        problem: `mean has ${center.ndim} axes, and \`axis\` names ${axes}`,
        fix: "Give as many axes of numbers as `axis` names, or fewer",
      });
  });
  requireNoNegative(op, variance);
}

function requireNoNegative(op: string, variance: NestedArray[number]): void {
  if (Array.isArray(variance)) for (const inner of variance as NestedArray) requireNoNegative(op, inner);
  else if (!((variance as number) >= 0))
    throw new ValueError({ op, problem: `a variance is ${variance}`, fix: "Use numbers of at least 0" });
}

async function numbersOf(x: Tensor): Promise<number[]> {
  return Array.from((await x.data()) as Float32Array);
}

function assignNumbers(variable: Variable, values: readonly number[]): void {
  const { shape, dtype, backend } = variable;
  scope(() => variable.assign(tensor([...values], { shape, dtype, backend })));
}
