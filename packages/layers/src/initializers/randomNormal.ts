/** The initializer that draws normal numbers. */

import { requireNumber, requireOptions, type Shape } from "@crease/backend";
import { randomNormal, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { requireSeed } from "../seeds.ts";
import { type CreateOptions, given, Initializer, type SeedOptions } from "./initializer.ts";

/** What `RandomNormal` takes. */
export interface RandomNormalOptions extends SeedOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation, default 0.05. */
  readonly stddev?: number | undefined;
}

/**
 * Normal numbers. Keras 3 `RandomNormal`.
 *
 * @example
 * ```ts
 * import { RandomNormal } from "@crease/layers";
 * new RandomNormal({ stddev: 0, mean: 2, seed: 1 }).initialize([2]).toString(); // => [2. 2.]
 * ```
 */
export class RandomNormal extends Initializer {
  static readonly className: string = "RandomNormal";
  readonly mean: number;
  readonly stddev: number;
  readonly seed: number | null;

  constructor(options: RandomNormalOptions = {}) {
    super();
    requireOptions<RandomNormalOptions>("RandomNormal", options, { seed: true, mean: true, stddev: true });
    const { mean = 0, stddev = 0.05, seed = null } = options;
    requireNumber("RandomNormal", "mean", mean);
    requireNumber("RandomNormal", "stddev", stddev, { min: 0 });
    requireSeed("RandomNormal", seed);
    this.mean = mean;
    this.stddev = stddev;
    this.seed = seed;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    return randomNormal(shape, { mean: this.mean, stddev: this.stddev, ...given({ ...options, seed: this.seed }) });
  }

  override getConfig(): Config {
    return { mean: this.mean, stddev: this.stddev, seed: this.seed };
  }
}
