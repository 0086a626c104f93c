/** The activation exponential. */
import type { Tensor } from "@crease/tensor";

/**
 * `e^x`. Keras 3 `exponential`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.exponential(tensor([0, 1])).toString(); // => [1.       2.718282]
 * ```
 */
export function exponential(x: Tensor): Tensor {
  return x.exp();
}
