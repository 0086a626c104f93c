/** Both penalties at once. */
import { requireOptions } from "@crease/backend";
import type { Regularizer, Tensor } from "@crease/tensor";
import { scope } from "@crease/tensor";
import type { Config, HasConfig } from "../config.ts";
import { requireFactor } from "./factor.ts";

/**
 * `l1 * sum(|x|) + l2 * sum(x^2)`, a scalar; both factors are 0 unless given. Keras 3 `L1L2`.
 *
 * @throws ValueError for a factor that is no finite number of at least 0.
 * @example
 * ```ts
 * import { L1L2 } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * await new L1L2({ l1: 0.5, l2: 0.5 }).call(tensor([1, -3])).item(); // => 7
 * ```
 */
export class L1L2 implements Regularizer, HasConfig {
  static readonly className: string = "L1L2";
  readonly l1: number;
  readonly l2: number;

  constructor(options: { readonly l1?: number | undefined; readonly l2?: number | undefined } = {}) {
    requireOptions<{ readonly l1?: number | undefined; readonly l2?: number | undefined }>("L1L2", options, {
      l1: true,
      l2: true,
    });
    const { l1 = 0, l2 = 0 } = options;
    this.l1 = requireFactor("L1L2", "l1", l1);
    this.l2 = requireFactor("L1L2", "l2", l2);
  }

  call(x: Tensor): Tensor {
    return scope(() => x.abs().sum().mul(this.l1).add(x.square().sum().mul(this.l2)));
  }

  getConfig(): Config {
    return { l1: this.l1, l2: this.l2 };
  }

  static fromConfig(config: Config): L1L2 {
    return new L1L2(config as { l1?: number; l2?: number });
  }
}
