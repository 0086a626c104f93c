/** The initializer of Glorot, with truncated normal numbers. */
import { requireOptions } from "@crease/backend";
import type { Config } from "../config.ts";
import type { SeedOptions } from "./initializer.ts";
import { VarianceScaling } from "./varianceScaling.ts";

/**
 * Truncated normal numbers of variance `2 / (fanIn + fanOut)`. Keras 3 `GlorotNormal`.
 *
 * @example
 * ```ts
 * import { GlorotNormal } from "@crease/layers";
 * new GlorotNormal({ seed: 1 }).initialize([4, 2]).shape; // => [4, 2]
 * ```
 */
export class GlorotNormal extends VarianceScaling {
  static override readonly className: string = "GlorotNormal";

  constructor(options: SeedOptions = {}) {
    requireOptions<SeedOptions>("GlorotNormal", options, { seed: true });
    const { seed = null } = options;
    super({ scale: 1, mode: "fanAvg", distribution: "truncatedNormal", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
