/** The activation sparsePlus. */
import { scope, type Tensor, where } from "@crease/tensor";

/**
 * 0 up to -1, `(x + 1)^2 / 4` up to 1, then `x`. Keras 3 `sparse_plus`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.sparsePlus(tensor([-2, 0, 3])).toString(); // => [0.   0.25 3.  ]
 * ```
 */
export function sparsePlus(x: Tensor): Tensor {
  return scope(() => {
    // Cut before squaring, so that the branch not taken stays finite.
    const curve = x.clip(-1, 1).add(1).square().mul(0.25);
    return where(x.lessEqual(-1), 0, where(x.less(1), curve, x));
  });
}
