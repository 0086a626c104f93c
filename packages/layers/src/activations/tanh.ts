/** The activation tanh. */
import type { Tensor } from "@crease/tensor";

/**
 * `(e^x - e^-x) / (e^x + e^-x)`. Keras 3 `tanh`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.tanh(tensor([0, 1])).toString(); // => [0.       0.761594]
 * ```
 */
export function tanh(x: Tensor): Tensor {
  return x.tanh();
}
