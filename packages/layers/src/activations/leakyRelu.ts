/** The activation leakyRelu. */
import { scope, type Tensor, where } from "@crease/tensor";

/** What `leakyRelu` takes besides its input. */
export interface LeakyReluOptions {
  /** Default 0.2. */
  readonly negativeSlope?: number | undefined;
}

/**
 * `x` where `x > 0`, else `negativeSlope * x`. Keras 3 `leaky_relu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.leakyRelu(tensor([-1, 2])).toString(); // => [-0.2  2. ]
 * ```
 */
export function leakyRelu(x: Tensor, { negativeSlope = 0.2 }: LeakyReluOptions = {}): Tensor {
  return scope(() => where(x.greater(0), x, x.mul(negativeSlope)));
}
