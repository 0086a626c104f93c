/** The layer that normalizes each sample by itself. */

import { type OptionNames, ValueError } from "@crease/backend";
import { ones, scope, type Tensor, zeros } from "@crease/tensor";
import { requireAxes } from "../axes.ts";
import type { Config, ConfigOptions } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { resolveParts } from "../resolveParts.ts";
import { AffineNormalization, type AffineNormalizationOptions } from "./affineNormalization.ts";

/** What `LayerNormalization` takes. */
export interface LayerNormalizationOptions extends AffineNormalizationOptions {
  /** One axis or several to normalize over together, default the last. */
  readonly axis?: number | readonly number[] | undefined;
}

/**
 * `(x - mean) / sqrt(variance + epsilon) * gamma + beta` with mean and variance over `axis`; gamma and beta have an
 * element for each place along it. Keras 3 `LayerNormalization`.
 *
 * @throws ValueError for an epsilon below 0; AxisError for an axis out of range; ShapeError for inputs with other sizes
 * along it than the layer was built for.
 * @example
 * ```ts
 * import { LayerNormalization } from "@crease/layers";
 * new LayerNormalization({ epsilon: 0 }).apply([[1, 3], [5, 5.5]]).toString(); // => [[-1. 1.] [-1. 1.]]
 * ```
 */
export class LayerNormalization extends AffineNormalization {
  static readonly className: string = "LayerNormalization";
  static readonly ownNames: OptionNames<Omit<LayerNormalizationOptions, keyof LayerOptions>> = {
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
  };
  override readonly supportsMasking: boolean = true;
  readonly axis: number | readonly number[];

  constructor(options: LayerNormalizationOptions = {}) {
    super(options);
    const { axis = -1 } = options;
    requireAxes("LayerNormalization", axis);
    this.axis = axis;
  }

  override call(x: Tensor): Tensor {
    const { axes, sizes } = this.along(x.shape);
    return scope(() => {
      const input = this.wide(x);
      if (axes.length === 1 && axes[0] === x.shape.length - 1) {
        const { dtype, backend } = input;
        const gamma = this.gamma?.value.cast(dtype) ?? ones(sizes, { dtype, backend });
        const beta = this.beta?.value.cast(dtype) ?? zeros(sizes, { dtype, backend });
        return input.layerNorm(gamma, beta, { epsilon: this.epsilon }).cast(this.dtype);
      }
      const centered = input.sub(input.mean(axes, { keepDims: true }));
      const variance = centered.square().mean(axes, { keepDims: true });
      return this.affine(centered.mul(variance.add(this.epsilon).rsqrt()), axes);
    });
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): LayerNormalization {
    if (config.rmsScaling === true)
      throw new ValueError({
        op: "LayerNormalization",
        problem: "`rmsScaling` is not available",
        fix: "Use `RMSNormalization`",
      });
    return new LayerNormalization(resolveParts(config as LayerNormalizationOptions, options));
  }
}
