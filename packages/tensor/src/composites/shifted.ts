/** Logits moved below 0, so that their exponentials do not overflow. */
import type { Tensor } from "../tensor.ts";

/** `x - m`, m the largest along the axis, as a constant to gradients. */
export function shifted(x: Tensor, axis: number): Tensor {
  // An axis without elements has no largest one.
  return x.shape[axis] === 0 ? x : x.sub(x.max(axis, { keepDims: true }).stopGradient());
}
