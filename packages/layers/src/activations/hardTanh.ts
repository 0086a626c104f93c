/** The activation hardTanh. */
import type { Tensor } from "@crease/tensor";

/**
 * `x` cut to -1 to 1. Keras 3 `hard_tanh`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.hardTanh(tensor([-4, 0.5])).toString(); // => [-1.   0.5]
 * ```
 */
export function hardTanh(x: Tensor): Tensor {
  return x.clip(-1, 1);
}
