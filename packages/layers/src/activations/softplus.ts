/** The activation softplus. */
import type { Tensor } from "@crease/tensor";

/**
 * `log(1 + e^x)`, without overflow. Keras 3 `softplus`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.softplus(tensor([0, 1])).toString(); // => [0.693147 1.313262]
 * ```
 */
export function softplus(x: Tensor): Tensor {
  return x.softplus();
}
