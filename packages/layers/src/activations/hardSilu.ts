/** The activation hardSilu. */
import { scope, type Tensor } from "@crease/tensor";
import { hardSigmoid } from "./hardSigmoid.ts";

/**
 * `x * hardSigmoid(x)`, also known as hard swish. Keras 3 `hard_silu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.hardSilu(tensor([-4, 1.5, 4])).toString(); // => [-0.    1.125 4.   ]
 * ```
 */
export function hardSilu(x: Tensor): Tensor {
  return scope(() => x.mul(hardSigmoid(x)));
}
