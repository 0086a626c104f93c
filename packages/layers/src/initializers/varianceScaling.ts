/** The initializer that scales random numbers to a weight's number of inputs or outputs. */

import { requireNumber, requireOneOf, requireOptions, type Shape } from "@crease/backend";
import { randomNormal, randomUniform, type Tensor, truncatedNormal } from "@crease/tensor";
import type { Config } from "../config.ts";
import { requireSeed } from "../seeds.ts";
import { fansOf } from "./fans.ts";
import { type CreateOptions, given, Initializer, type SeedOptions } from "./initializer.ts";

/** What the variance is divided by: inputs, outputs, or their mean. */
export type FanMode = "fanIn" | "fanOut" | "fanAvg";
/** What the numbers are drawn from. */
export type Distribution = "truncatedNormal" | "untruncatedNormal" | "uniform";

/** What `VarianceScaling` takes. */
export interface VarianceScalingOptions extends SeedOptions {
  /** Variance times the fan, default 1. */
  readonly scale?: number | undefined;
  /** Default `"fanIn"`. */
  readonly mode?: FanMode | undefined;
  /** Default `"truncatedNormal"`. */
  readonly distribution?: Distribution | undefined;
}

const modes: readonly FanMode[] = ["fanIn", "fanOut", "fanAvg"];
const distributions: readonly Distribution[] = ["truncatedNormal", "untruncatedNormal", "uniform"];
/** Standard deviation of a unit normal cut at two deviations. */
const truncatedDeviation = 0.87962566103423978;

/**
 * Numbers of mean 0 and variance `scale / max(1, fan)`. Keras 3 `VarianceScaling`.
 *
 * @throws ValueError for a scale of 0 or less, an unknown mode or distribution.
 * @example
 * ```ts
 * import { VarianceScaling } from "@crease/layers";
 * const w = new VarianceScaling({ scale: 3, distribution: "uniform", seed: 1 }).initialize([900, 10]);
 * await w.abs().max().lessEqual(0.1).item(); // => true
 * ```
 */
export class VarianceScaling extends Initializer {
  static readonly className: string = "VarianceScaling";
  readonly scale: number;
  readonly mode: FanMode;
  readonly distribution: Distribution;
  readonly seed: number | null;

  constructor(options: VarianceScalingOptions = {}) {
    super();
    requireOptions<VarianceScalingOptions>("VarianceScaling", options, {
      seed: true,
      scale: true,
      mode: true,
      distribution: true,
    });
    const { scale = 1, mode = "fanIn", distribution = "truncatedNormal", seed = null } = options;
    const op = "VarianceScaling";
    requireNumber(op, "scale", scale, { above: 0 });
    requireOneOf(op, "mode", mode, modes);
    requireOneOf(op, "distribution", distribution, distributions);
    requireSeed(op, seed);
    this.scale = scale;
    this.mode = mode;
    this.distribution = distribution;
    this.seed = seed;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    const [fanIn, fanOut] = fansOf(shape);
    const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[this.mode];
    const variance = this.scale / Math.max(1, fan);
    const create = given({ ...options, seed: this.seed });
    if (this.distribution === "uniform") {
      const limit = Math.sqrt(3 * variance);
      return randomUniform(shape, { min: -limit, max: limit, ...create });
    }
    const stddev = Math.sqrt(variance);
    if (this.distribution === "untruncatedNormal") return randomNormal(shape, { stddev, ...create });
    return truncatedNormal(shape, { stddev: stddev / truncatedDeviation, ...create });
  }

  override getConfig(): Config {
    return { scale: this.scale, mode: this.mode, distribution: this.distribution, seed: this.seed };
  }
}
