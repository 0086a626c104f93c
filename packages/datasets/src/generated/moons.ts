/** Two half circles that reach into each other. */
import { along, type Points, type PointsOptions, points } from "./points.ts";

/**
 * Points on two half moons of radius 1, class 0 the upper one around (0, 0), class 1 the lower one around (1, 0.5), as
 * scikit-learn's `make_moons` places them. Noise 0 unless said. The tensors are the caller's to dispose.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { moons } from "@crease/datasets";
 * const [x, y] = moons(4);
 * await x.mul(2).round().array(); // => [[2,0],[0,1],[-2,0],[4,1]]
 * y; // => [0 1 0 1]
 * ```
 */
export function moons(samples: number, options: PointsOptions = {}): Points {
  return points("moons", samples, options, () => (i) => {
    const angle = Math.PI * along(i, samples, 2);
    if (i % 2 === 0) return [Math.cos(angle), Math.sin(angle), 0];
    return [1 - Math.cos(angle), 0.5 - Math.sin(angle), 1];
  });
}
