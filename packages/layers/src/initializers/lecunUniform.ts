/** The initializer of Lecun, with uniform numbers. */
import { requireOptions } from "@crease/backend";
import type { Config } from "../config.ts";
import type { SeedOptions } from "./initializer.ts";
import { VarianceScaling } from "./varianceScaling.ts";

/**
 * Evenly spread over `±sqrt(3 / fanIn)`. Keras 3 `LecunUniform`.
 *
 * @example
 * ```ts
 * import { LecunUniform } from "@crease/layers";
 * new LecunUniform({ seed: 1 }).initialize([4, 2]).shape; // => [4, 2]
 * ```
 */
export class LecunUniform extends VarianceScaling {
  static override readonly className: string = "LecunUniform";

  constructor(options: SeedOptions = {}) {
    requireOptions<SeedOptions>("LecunUniform", options, { seed: true });
    const { seed = null } = options;
    super({ scale: 1, mode: "fanIn", distribution: "uniform", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
