/** The activation hardSigmoid. */
import { scope, type Tensor } from "@crease/tensor";
import { relu6 } from "./relu6.ts";

/**
 * `relu6(x + 3) / 6`: 0 below -3, 1 over 3, a line between. Keras 3 `hard_sigmoid`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.hardSigmoid(tensor([-4, 0, 1.5])).toString(); // => [0.   0.5  0.75]
 * ```
 */
export function hardSigmoid(x: Tensor): Tensor {
  return scope(() => relu6(x.add(3)).div(6));
}
