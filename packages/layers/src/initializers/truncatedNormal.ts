/** The initializer that draws truncated normal numbers. */

import { requireNumber, requireOptions, type Shape } from "@crease/backend";
import { type Tensor, truncatedNormal } from "@crease/tensor";
import type { Config } from "../config.ts";
import { requireSeed } from "../seeds.ts";
import { type CreateOptions, given, Initializer, type SeedOptions } from "./initializer.ts";

/** What `TruncatedNormal` takes. */
export interface TruncatedNormalOptions extends SeedOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation before cutting, default 0.05. */
  readonly stddev?: number | undefined;
}

/**
 * Normal numbers, none of them over two standard deviations from the mean. Keras 3 `TruncatedNormal`.
 *
 * @example
 * ```ts
 * import { TruncatedNormal } from "@crease/layers";
 * await new TruncatedNormal({ seed: 1 }).initialize([1000]).abs().max().lessEqual(0.1).item(); // => true
 * ```
 */
export class TruncatedNormal extends Initializer {
  static readonly className: string = "TruncatedNormal";
  readonly mean: number;
  readonly stddev: number;
  readonly seed: number | null;

  constructor(options: TruncatedNormalOptions = {}) {
    super();
    requireOptions<TruncatedNormalOptions>("TruncatedNormal", options, { seed: true, mean: true, stddev: true });
    const { mean = 0, stddev = 0.05, seed = null } = options;
    requireNumber("TruncatedNormal", "mean", mean);
    requireNumber("TruncatedNormal", "stddev", stddev, { min: 0 });
    requireSeed("TruncatedNormal", seed);
    this.mean = mean;
    this.stddev = stddev;
    this.seed = seed;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    return truncatedNormal(shape, { mean: this.mean, stddev: this.stddev, ...given({ ...options, seed: this.seed }) });
  }

  override getConfig(): Config {
    return { mean: this.mean, stddev: this.stddev, seed: this.seed };
  }
}
