/** The activation sparseSigmoid. */
import { scope, type Tensor, where } from "@crease/tensor";

/**
 * 0 up to -1, `(x + 1) / 2` up to 1, then 1. Keras 3 `sparse_sigmoid`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.sparseSigmoid(tensor([-2, 0.5, 3])).toString(); // => [0.   0.75 1.  ]
 * ```
 */
export function sparseSigmoid(x: Tensor): Tensor {
  return scope(() => where(x.lessEqual(-1), 0, where(x.greaterEqual(1), 1, x.add(1).mul(0.5))));
}
