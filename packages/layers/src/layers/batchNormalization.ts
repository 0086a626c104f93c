/** The layer that normalizes by the statistics of batches. */
import { type OptionNames, requireInteger, requireNumber, ShapeError, ValueError } from "@crease/backend";
import { scope, type Tensor, type Variable, where } from "@crease/tensor";
import { onlyAlong, otherAxes } from "../axes.ts";
import { type Config, type ConfigOptions, serialize } from "../config.ts";
import { getInitializer, type InitializerLike } from "../initializers/get.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { CallOptions, LayerOptions } from "../layerOptions.ts";
import { resolveParts } from "../resolveParts.ts";
import type { PartialShape } from "../shape.ts";
import { AffineNormalization, type AffineNormalizationOptions } from "./affineNormalization.ts";

/** What `BatchNormalization` takes. */
export interface BatchNormalizationOptions extends AffineNormalizationOptions {
  /** The axis of the features, default the last. */
  readonly axis?: number | undefined;
  /** What the moving statistics keep of themselves at each training call, default 0.99. */
  readonly momentum?: number | undefined;
  /** Default `"zeros"`. */
  readonly movingMeanInitializer?: InitializerLike | undefined;
  /** Default `"ones"`. */
  readonly movingVarianceInitializer?: InitializerLike | undefined;
}

/** What the count of a masked batch gets added, Keras's `epsilon()`. */
const countEpsilon = 1e-7;

/**
 * `(x - mean) / sqrt(variance + epsilon) * gamma + beta`, each feature by itself. While training, mean and variance
 * (which divides by n) are those of the batch, and `moving = moving * momentum + batch * (1 - momentum)`; else they are
 * the moving ones, also where the layer, or one around it, is not trainable. A `mask` of the input's shape without the last axis
 * says what the batch's statistics count. Keras 3 `BatchNormalization`.
 *
 * @throws ValueError for a momentum outside [0, 1]; AxisError for an axis out of range; ShapeError for inputs with
 * other features than the layer was built for.
 * @example
 * ```ts
 * import { BatchNormalization } from "@crease/layers";
 * const layer = new BatchNormalization({ momentum: 0.5, epsilon: 0 });
 * layer.apply([[1], [3]], { training: true }).toString(); // => [[-1.] [ 1.]]
 * layer.movingMean?.value.toString(); // => [1.]
 * layer.movingVariance?.value.toString(); // => [1.]
 * layer.apply([[1], [3]]).toString(); // => [[0.] [2.]]
 * ```
 */
export class BatchNormalization extends AffineNormalization {
  static readonly className: string = "BatchNormalization";
  static readonly ownNames: OptionNames<Omit<BatchNormalizationOptions, keyof LayerOptions>> = {
    epsilon: true,
    center: true,
    scale: true,
    betaInitializer: true,
    gammaInitializer: true,
    betaRegularizer: true,
    gammaRegularizer: true,
    betaConstraint: true,
    gammaConstraint: true,
    axis: true,
    momentum: true,
    movingMeanInitializer: true,
    movingVarianceInitializer: true,
  };
  override readonly supportsMasking: boolean = true;
  movingMean: Variable | null = null;
  movingVariance: Variable | null = null;
  readonly axis: number;
  readonly momentum: number;
  readonly movingMeanInitializer: Initializer;
  readonly movingVarianceInitializer: Initializer;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    const { axis = -1, momentum = 0.99 } = options;
    requireNumber("BatchNormalization", "momentum", momentum, { min: 0, max: 1 });
    requireInteger("BatchNormalization", "axis", axis);
    this.axis = axis;
    this.momentum = momentum;
    this.movingMeanInitializer = getInitializer(options.movingMeanInitializer ?? "zeros");
    this.movingVarianceInitializer = getInitializer(options.movingVarianceInitializer ?? "ones");
  }

  override build(inputShape: PartialShape): void {
    super.build(inputShape);
    const { sizes } = this.along(inputShape);
    const initializer = this.movingMeanInitializer;
    this.movingMean = this.addWeight("movingMean", sizes, { initializer, trainable: false });
    this.movingVariance = this.addWeight("movingVariance", sizes, {
      initializer: this.movingVarianceInitializer,
      trainable: false,
    });
  }

  override call(x: Tensor, { training, mask }: CallOptions): Tensor {
    const { axes } = this.along(x.shape);
    const [movingMean, movingVariance] = [this.movingMean as Variable, this.movingVariance as Variable];
    return scope(() => {
      const input = this.wide(x);
      const average = training && !this.isFrozen ? averageOver(otherAxes(axes, x.shape), input, mask) : null;
      const shape = onlyAlong(axes, x.shape);
      const mean = average?.(input) ?? movingMean.value.reshape(shape);
      const centered = input.sub(mean);
      const variance = average?.(centered.square()) ?? movingVariance.value.reshape(shape);
      if (average !== null) {
        this.#follow(movingMean, mean);
        this.#follow(movingVariance, variance);
      }
      return this.affine(centered.mul(variance.add(this.epsilon).rsqrt()), axes);
    });
  }

  #follow(moving: Variable, batch: Tensor): void {
    const { momentum } = this;
    const step = batch
      .stopGradient()
      .reshape(moving.shape)
      .mul(1 - momentum);
    moving.assign(moving.value.mul(momentum).add(step));
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      momentum: this.momentum,
      movingMeanInitializer: serialize("BatchNormalization", this.movingMeanInitializer),
      movingVarianceInitializer: serialize("BatchNormalization", this.movingVarianceInitializer),
    };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): BatchNormalization {
    if (config.renorm === true)
      throw new ValueError({
        op: "BatchNormalization",
        problem: "batch renormalization is not available",
        fix: "Set `renorm` to false",
      });
    return new BatchNormalization(resolveParts(config as BatchNormalizationOptions, options));
  }
}

/** The mean over axes, which stay with size 1, of what the mask keeps. */
function averageOver(axes: readonly number[], x: Tensor, mask: Tensor | undefined): (values: Tensor) => Tensor {
  if (mask === undefined) return (values) => values.mean(axes, { keepDims: true });
  if (String(mask.shape) !== String(x.shape.slice(0, -1)))
    throw new ShapeError({
      op: "BatchNormalization",
      problem: "the mask has not the input's shape without its last axis",
      got: [x, mask],
      fix: "Use one entry for each vector of the last axis",
    });
  const kept = mask.cast("bool").expandDims(-1).broadcastTo(x.shape);
  const count = kept.cast(x.dtype).sum(axes, { keepDims: true }).add(countEpsilon);
  return (values) => where(kept, values, 0).sum(axes, { keepDims: true }).div(count);
}
