/** The activation tanhShrink. */
import { scope, type Tensor } from "@crease/tensor";

/**
 * `x - tanh(x)`. Keras 3 `tanh_shrink`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.tanhShrink(tensor([0, 1])).toString(); // => [0.       0.238406]
 * ```
 */
export function tanhShrink(x: Tensor): Tensor {
  return scope(() => x.sub(x.tanh()));
}
