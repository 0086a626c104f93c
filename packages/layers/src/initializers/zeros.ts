/** The initializer that gives zeros. */
import type { Shape } from "@crease/backend";
import { type Tensor, zeros } from "@crease/tensor";
import { type CreateOptions, given, Initializer } from "./initializer.ts";

/**
 * All zeros, the default of biases. Keras 3 `Zeros`.
 *
 * @example
 * ```ts
 * import { Zeros } from "@crease/layers";
 * new Zeros().initialize([3]).toString(); // => [0. 0. 0.]
 * ```
 */
export class Zeros extends Initializer {
  static readonly className: string = "Zeros";

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    return zeros(shape, given(options));
  }
}
