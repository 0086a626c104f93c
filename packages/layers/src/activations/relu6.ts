/** The activation relu6. */
import { scope, type Tensor, where } from "@crease/tensor";

/**
 * `min(max(x, 0), 6)`. Keras 3 `relu6`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.relu6(tensor([-1, 2, 9])).toString(); // => [0. 2. 6.]
 * ```
 */
export function relu6(x: Tensor): Tensor {
  return scope(() => where(x.greaterEqual(6), 6, x.relu()));
}
