/** A circle within a circle. */
import { requireNumber } from "@crease/backend";
import { along, type Points, type PointsOptions, points } from "./points.ts";

/** How `circles` places its points. */
export interface CirclesOptions extends PointsOptions {
  /** Radius of the inner circle; the outer one's is 1. Default 0.8. */
  readonly factor?: number;
}

/**
 * Points on two circles around (0, 0), class 0 the outer one of radius 1, class 1 the inner one of radius `factor`, as
 * scikit-learn's `make_circles` places them. Noise 0 unless said. The tensors are the caller's to dispose.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { circles } from "@crease/datasets";
 * const [x, y] = circles(4, { factor: 0.5 });
 * await x.square().sum(1).sqrt().array(); // => [1,0.5,1,0.5]
 * y; // => [0 1 0 1]
 * ```
 */
export function circles(samples: number, options: CirclesOptions = {}): Points {
  const { factor = 0.8 } = options;
  requireNumber("circles", "factor", factor, { min: 0, below: 1 });
  return points("circles", samples, options, () => (i) => {
    const label = i % 2;
    const count = Math.ceil((samples - label) / 2);
    // The circle closes: the last point is not the first one again.
    const angle = (2 * Math.PI * along(i, samples, 2) * (count - 1)) / Math.max(count, 1);
    const radius = label === 0 ? 1 : factor;
    return [radius * Math.cos(angle), radius * Math.sin(angle), label];
  });
}
