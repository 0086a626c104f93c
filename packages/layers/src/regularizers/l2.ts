/** The L2 penalty. */
import type { Regularizer, Tensor } from "@crease/tensor";
import { scope } from "@crease/tensor";
import type { Config, HasConfig } from "../config.ts";
import { requireFactor } from "./factor.ts";

/**
 * `l2 * sum(x^2)`, a scalar; it keeps weights small. Keras 3 `L2`.
 *
 * @throws ValueError for a factor that is no finite number of at least 0.
 * @example
 * ```ts
 * import { L2 } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * await new L2(0.5).call(tensor([1, -3])).item(); // => 5
 * ```
 */
export class L2 implements Regularizer, HasConfig {
  static readonly className: string = "L2";
  readonly l2: number;

  constructor(l2 = 0.01) {
    this.l2 = requireFactor("L2", "l2", l2);
  }

  call(x: Tensor): Tensor {
    return scope(() => x.square().sum().mul(this.l2));
  }

  getConfig(): Config {
    return { l2: this.l2 };
  }

  static fromConfig(config: Config): L2 {
    return new L2(config.l2 as number | undefined);
  }
}
