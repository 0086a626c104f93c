/** The initializer of He, with uniform numbers. */
import { requireOptions } from "@crease/backend";
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

  constructor(options: SeedOptions = {}) {
    requireOptions<SeedOptions>("HeUniform", options, { seed: true });
    const { seed = null } = options;
    super({ scale: 2, mode: "fanIn", distribution: "uniform", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
