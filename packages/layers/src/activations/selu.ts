/** The activation selu. */
import { scope, type Tensor, where } from "@crease/tensor";

const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/**
 * `scale * x` where `x > 0`, else `scale * alpha * (e^x - 1)`, with the two constants for which mean 0 and variance 1
 * repeat themselves from layer to layer (Klambauer et al. 2017). Keras 3 `selu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.selu(tensor([-1, 2])).toString(); // => [-1.111331  2.101402]
 * ```
 */
export function selu(x: Tensor): Tensor {
  return scope(() => {
    // As in TensorFlow, an x so near to 0 that e^x rounds to 1 has the positive side's gradient.
    const negative = x.exp().less(1);
    return where(
      negative,
      where(negative, x, 0)
        .expm1()
        .mul(scale * alpha),
      x.mul(scale),
    );
  });
}
