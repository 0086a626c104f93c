/** Points in a square of four quarters, of which opposite ones belong together. */
import { type Points, type PointsOptions, points } from "./points.ts";

/**
 * Points spread evenly over the square from -1 to 1, class 1 where their coordinates have different signs: what no
 * straight line divides. Noise, 0 unless said, moves points after their class is given. The tensors are the caller's to
 * dispose.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { xor } from "@crease/datasets";
 * const [x, y] = xor(100, { seed: 1 });
 * await x.prod(1).less(0).cast("int32").equal(y).all().item(); // => true
 * ```
 */
export function xor(samples: number, options: PointsOptions = {}): Points {
  return points("xor", samples, options, (uniform) => (i) => {
    const size: readonly [number, number] = [1 - uniform(), 1 - uniform()];
    const label = i % 2;
    const side = Math.floor(i / 2) % 2 === 0 ? 1 : -1;
    return [side * size[0], (label === 0 ? side : -side) * size[1], label];
  });
}
