/** The activation silu. */
import { scope, type Tensor } from "@crease/tensor";

/**
 * `x * sigmoid(x)`, also known as swish. Keras 3 `silu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.silu(tensor([0, 1])).toString(); // => [0.       0.731059]
 * ```
 */
export function silu(x: Tensor): Tensor {
  return scope(() => x.mul(x.sigmoid()));
}
