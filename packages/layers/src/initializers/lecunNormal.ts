/** The initializer of Lecun, with truncated normal numbers. */
import { requireOptions } from "@crease/backend";
import type { Config } from "../config.ts";
import type { SeedOptions } from "./initializer.ts";
import { VarianceScaling } from "./varianceScaling.ts";

/**
 * Truncated normal numbers of variance `1 / fanIn`, for layers with selu. Keras 3 `LecunNormal`.
 *
 * @example
 * ```ts
 * import { LecunNormal } from "@crease/layers";
 * new LecunNormal({ seed: 1 }).initialize([4, 2]).shape; // => [4, 2]
 * ```
 */
export class LecunNormal extends VarianceScaling {
  static override readonly className: string = "LecunNormal";

  constructor(options: SeedOptions = {}) {
    requireOptions<SeedOptions>("LecunNormal", options, { seed: true });
    const { seed = null } = options;
    super({ scale: 1, mode: "fanIn", distribution: "truncatedNormal", seed });
  }

  override getConfig(): Config {
    return { seed: this.seed };
  }
}
