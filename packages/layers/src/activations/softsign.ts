/** The activation softsign. */
import { scope, type Tensor } from "@crease/tensor";

/**
 * `x / (1 + |x|)`. Keras 3 `softsign`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.softsign(tensor([-1, 3])).toString(); // => [-0.5   0.75]
 * ```
 */
export function softsign(x: Tensor): Tensor {
  return scope(() => x.div(x.abs().add(1)));
}
