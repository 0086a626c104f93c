/** Division that gives 0 for a divisor of 0. */
import { type Tensor, where } from "@crease/tensor";

/**
 * `a / b`, and 0 where `b` is 0 (TensorFlow `divide_no_nan`). No gradient becomes NaN there.
 *
 * @example
 * ```ts
 * import { divideNoNaN } from "@crease/losses";
 * import { tensor } from "@crease/tensor";
 * divideNoNaN(tensor([1, 1]), tensor([2, 0])); // => [0.5 0. ]
 * ```
 */
export function divideNoNaN(a: Tensor, b: Tensor): Tensor {
  const isZero = b.equal(0);
  return where(isZero, 0, a.div(where(isZero, 1, b)));
}
