/** The activation celu. */
import { scope, type Tensor } from "@crease/tensor";

/** What `celu` takes besides its input. */
export interface CeluOptions {
  /** Default 1. */
  readonly alpha?: number | undefined;
}

/**
 * `max(x, 0) + alpha * (e^(min(x, 0) / alpha) - 1)`. Keras 3 `celu`; like there, the gradient at 0 is 2.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.celu(tensor([-1, 2])).toString(); // => [-0.632121  2.      ]
 * ```
 */
export function celu(x: Tensor, { alpha = 1 }: CeluOptions = {}): Tensor {
  return scope(() => x.maximum(0).add(x.minimum(0).div(alpha).expm1().mul(alpha)));
}
