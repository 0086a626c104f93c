/** Products of some of a shape's sizes. */
import type { Shape } from "@crease/backend";

/** Product of the sizes of axes `from` to `to`, the last one not included. */
export function product(shape: Shape, from: number, to: number): number {
  let size = 1;
  for (let axis = from; axis < to; axis++) size *= shape[axis]!;
  return size;
}
