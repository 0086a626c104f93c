/** Predictions as floats. */
import { isFloat } from "@crease/backend";
import type { Tensor } from "@crease/tensor";

/** `x`, as float32 where it holds integers or booleans. */
export function toFloat(x: Tensor): Tensor {
  return isFloat(x.dtype) ? x : x.cast("float32");
}
