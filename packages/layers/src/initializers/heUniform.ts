/** The initializer of He, with uniform numbers. */
import type { Config } from "../config.ts";
import type { SeedOptions } from "./initializer.ts";
import { VarianceScaling } from "./varianceScaling.ts";

/**
 * Evenly spread over `±sqrt(6 / fanIn)`, for layers with relu. Keras 3 `HeUniform`.
 *
 * @example
 * ```ts
 * import { HeUniform } from "@crease/layers";
 * new HeUniform({ seed: 1 }).initialize([4, 2]).shape; // => [4, 2]
 * ```
 */
export class HeUniform extends VarianceScaling {
  static override readonly className: string = "HeUniform";

  constructor({ seed = null }: SeedOptions = {}) {
    super({ scale: 2, mode: "fanIn", distribution: "uniform", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
