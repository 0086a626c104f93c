/** Heaps of points. */
import { requireInteger, ValueError } from "@crease/backend";
import { type Points, type PointsOptions, points } from "./points.ts";

/** How `blobs` places its points. */
export interface BlobsOptions extends PointsOptions {
  /** The middles of the heaps, each a class; or their number, for places drawn from the square from -10 to 10. Default 3. */
  readonly centers?: number | readonly (readonly [x: number, y: number])[];
}

/**
 * Normally distributed points around centers, each center a class, as scikit-learn's `make_blobs` places them. Noise,
 * the spread of the heaps, is 1 unless said. The tensors are the caller's to dispose.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { blobs } from "@crease/datasets";
 * const [x, y] = blobs(4, { centers: [[-5, 0], [5, 0]], noise: 0.1, seed: 1 });
 * await x.div(5).round().array(); // => [[-1,0],[1,0],[-1,0],[1,0]]
 * y; // => [0 1 0 1]
 * ```
 */
export function blobs(samples: number, options: BlobsOptions = {}): Points {
  const { centers = 3, noise = 1 } = options;
  if (typeof centers === "number") requireInteger("blobs", "centers", centers, { min: 1 });
  else if (centers.length === 0 || !centers.every((center) => center.length === 2 && center.every(Number.isFinite)))
    throw new ValueError({ op: "blobs", problem: "centers are no pairs of numbers", fix: "Give [[0, 0], [5, 5]]" });
  return points("blobs", samples, { ...options, noise }, (uniform) => {
    const places =
      typeof centers === "number"
        ? Array.from({ length: centers }, () => [20 * uniform() - 10, 20 * uniform() - 10] as const)
        : centers;
    return (i) => [...(places[i % places.length] as readonly [number, number]), i % places.length];
  });
}
