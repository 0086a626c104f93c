/** The number of elements that a shape from a file stands for. */
import type { Shape } from "@crease/backend";

/** The product of the sizes; 0 where one of them is, however large the others. Inexact, yet large, beyond 2^53. */
export function elementCount(shape: Shape): number {
  return shape.includes(0) ? 0 : shape.reduce((count, size) => count * size, 1);
}
