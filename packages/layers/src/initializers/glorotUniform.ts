/** The initializer of Glorot, with uniform numbers. */
import { requireOptions } from "@crease/backend";
import type { Config } from "../config.ts";
import type { SeedOptions } from "./initializer.ts";
import { VarianceScaling } from "./varianceScaling.ts";

/**
 * Evenly spread over `±sqrt(6 / (fanIn + fanOut))`, the default of kernels. Keras 3 `GlorotUniform`.
 *
 * @example
 * ```ts
 * import { GlorotUniform } from "@crease/layers";
 * new GlorotUniform({ seed: 1 }).initialize([4, 2]).shape; // => [4, 2]
 * ```
 */
export class GlorotUniform extends VarianceScaling {
  static override readonly className: string = "GlorotUniform";

  constructor(options: SeedOptions = {}) {
    requireOptions<SeedOptions>("GlorotUniform", options, { seed: true });
    const { seed = null } = options;
    super({ scale: 1, mode: "fanAvg", distribution: "uniform", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
