/** The activation mish. */
import { scope, type Tensor } from "@crease/tensor";

/**
 * `x * tanh(softplus(x))`. Keras 3 `mish`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.mish(tensor([0, 1])).toString(); // => [0.       0.865098]
 * ```
 */
export function mish(x: Tensor): Tensor {
  return scope(() => x.mul(x.softplus().tanh()));
}
