/** The L1 penalty. */
import type { Regularizer, Tensor } from "@crease/tensor";
import { scope } from "@crease/tensor";
import type { Config, HasConfig } from "../config.ts";
import { requireFactor } from "./factor.ts";

/**
 * `l1 * sum(|x|)`, a scalar; it drives weights to 0. Keras 3 `L1`.
 *
 * @throws ValueError for a factor that is no finite number of at least 0.
 * @example
 * ```ts
 * import { L1 } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * await new L1(0.5).call(tensor([1, -3])).item(); // => 2
 * ```
 */
export class L1 implements Regularizer, HasConfig {
  static readonly className: string = "L1";
  readonly l1: number;

  constructor(l1 = 0.01) {
    this.l1 = requireFactor("L1", "l1", l1);
  }

  call(x: Tensor): Tensor {
    return scope(() => x.abs().sum().mul(this.l1));
  }

  getConfig(): Config {
    return { l1: this.l1 };
  }

  static fromConfig(config: Config): L1 {
    return new L1(config.l1 as number | undefined);
  }
}
