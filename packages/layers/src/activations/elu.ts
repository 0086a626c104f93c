/** The activation elu. */
import { scope, type Tensor, where } from "@crease/tensor";

/** What `elu` takes besides its input. */
export interface EluOptions {
  /** Default 1. */
  readonly alpha?: number | undefined;
}

/**
 * `x` where `x > 0`, else `alpha * (e^x - 1)`. Keras 3 `elu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.elu(tensor([-1, 2])).toString(); // => [-0.632121  2.      ]
 * ```
 */
export function elu(x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor {
  return scope(() => {
    const positive = x.greater(0);
    return where(positive, x, where(positive, 0, x).expm1().mul(alpha));
  });
}
