/** Predictions with their classes on the last axis. */
import type { Tensor } from "@crease/tensor";

/** `x` with the axis (not negative) moved to the end. */
export function classesLast(x: Tensor, axis: number): Tensor {
  return axis === x.ndim - 1 ? x : x.moveAxis(axis, -1);
}
