/** The constraint that removes negative weights. */
import type { Constraint, Tensor } from "@crease/tensor";
import type { Config, HasConfig } from "../config.ts";

/**
 * Sets negative weights to 0. Keras 3 `NonNeg`.
 *
 * @example
 * ```ts
 * import { NonNeg } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new NonNeg().call(tensor([-1, 2])).toString(); // => [0. 2.]
 * ```
 */
export class NonNeg implements Constraint, HasConfig {
  static readonly className: string = "NonNeg";

  call(w: Tensor): Tensor {
    return w.relu();
  }

  getConfig(): Config {
    return {};
  }

  static fromConfig(_config: Config): NonNeg {
    return new NonNeg();
  }
}
