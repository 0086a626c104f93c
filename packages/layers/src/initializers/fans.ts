/** How many inputs and outputs a weight connects. */
import type { Shape } from "@crease/backend";

/**
 * Inputs and outputs of one unit: a matrix's rows and columns; for more axes, the last two times the size of those
 * before them; a vector's length for both. Keras 3 `compute_fans`.
 *
 * @example
 * ```ts
 * import { fansOf } from "@crease/layers";
 * fansOf([3, 3, 4, 6]); // => [36, 54]
 * ```
 */
export function fansOf(shape: Shape): readonly [fanIn: number, fanOut: number] {
  const last = shape[shape.length - 1] ?? 1;
  if (shape.length < 2) return [last, last];
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return [(shape[shape.length - 2] as number) * field, last * field];
}
