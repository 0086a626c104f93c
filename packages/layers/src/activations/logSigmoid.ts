/** The activation logSigmoid. */
import { scope, type Tensor } from "@crease/tensor";

/**
 * `log(sigmoid(x))`, without overflow. Keras 3 `log_sigmoid`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.logSigmoid(tensor([0, -1000])).toString(); // => [-6.931472e-01 -1.000000e+03]
 * ```
 */
export function logSigmoid(x: Tensor): Tensor {
  return scope(() => x.neg().softplus().neg());
}
