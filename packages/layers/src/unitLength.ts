/** Vectors divided by their length. */
import { scope, type Tensor } from "@crease/tensor";

/**
 * `x / max(sqrt(sum(x^2)), 1e-12)` over axes. Keras 3 `ops.normalize`, but its gradient at 0 is 1e12 and not NaN.
 */
export function unitLength(x: Tensor, axes: readonly number[]): Tensor {
  return scope(() => x.mul(x.square().sum(axes, { keepDims: true }).maximum(1e-24).rsqrt()));
}
