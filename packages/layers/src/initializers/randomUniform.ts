/** The initializer that draws uniform numbers. */

import { requireNumber, requireOptions, type Shape } from "@crease/backend";
import { randomUniform, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { requireSeed } from "../seeds.ts";
import { type CreateOptions, given, Initializer, type SeedOptions } from "./initializer.ts";

/** What `RandomUniform` takes. */
export interface RandomUniformOptions extends SeedOptions {
  /** Least value, default -0.05. */
  readonly minValue?: number | undefined;
  /** Bound above, default 0.05. */
  readonly maxValue?: number | undefined;
}

/**
 * Numbers spread evenly over `[minValue, maxValue)`. Keras 3 `RandomUniform`.
 *
 * @example
 * ```ts
 * import { RandomUniform } from "@crease/layers";
 * await new RandomUniform({ seed: 1 }).initialize([1000]).abs().max().lessEqual(0.05).item(); // => true
 * ```
 */
export class RandomUniform extends Initializer {
  static readonly className: string = "RandomUniform";
  readonly minValue: number;
  readonly maxValue: number;
  readonly seed: number | null;

  constructor(options: RandomUniformOptions = {}) {
    super();
    requireOptions<RandomUniformOptions>("RandomUniform", options, { seed: true, minValue: true, maxValue: true });
    const { minValue = -0.05, maxValue = 0.05, seed = null } = options;
    requireNumber("RandomUniform", "minValue", minValue);
    requireNumber("RandomUniform", "maxValue", maxValue, { min: minValue });
    requireSeed("RandomUniform", seed);
    this.minValue = minValue;
    this.maxValue = maxValue;
    this.seed = seed;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    return randomUniform(shape, { min: this.minValue, max: this.maxValue, ...given({ ...options, seed: this.seed }) });
  }

  override getConfig(): Config {
    return { minValue: this.minValue, maxValue: this.maxValue, seed: this.seed };
  }
}
