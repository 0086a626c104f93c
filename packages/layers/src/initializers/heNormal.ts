/** The initializer of He, with truncated normal numbers. */
import { requireOptions } from "@crease/backend";
import type { Config } from "../config.ts";
import type { SeedOptions } from "./initializer.ts";
import { VarianceScaling } from "./varianceScaling.ts";

/**
 * Truncated normal numbers of variance `2 / fanIn`, for layers with relu. Keras 3 `HeNormal`.
 *
 * @example
 * ```ts
 * import { HeNormal } from "@crease/layers";
 * new HeNormal({ seed: 1 }).initialize([4, 2]).shape; // => [4, 2]
 * ```
 */
export class HeNormal extends VarianceScaling {
  static override readonly className: string = "HeNormal";

  constructor(options: SeedOptions = {}) {
    requireOptions<SeedOptions>("HeNormal", options, { seed: true });
    const { seed = null } = options;
    super({ scale: 2, mode: "fanIn", distribution: "truncatedNormal", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
