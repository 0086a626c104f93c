/** The activation linear. */
import type { Tensor } from "@crease/tensor";

/**
 * `x` itself. Keras 3 `linear`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.linear(tensor([-1, 2])).toString(); // => [-1.  2.]
 * ```
 */
export function linear(x: Tensor): Tensor {
  return x;
}
