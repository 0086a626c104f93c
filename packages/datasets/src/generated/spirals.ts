/** Arms that wind around the middle. */
import { requireInteger, requireNumber } from "@crease/backend";
import { along, type Points, type PointsOptions, points } from "./points.ts";

/** How `spirals` places its points. */
export interface SpiralsOptions extends PointsOptions {
  /** Number of arms, each a class. Default 2. */
  readonly arms?: number;
  /** How often an arm goes around. Default 1. */
  readonly turns?: number;
}

/**
 * Points on spiral arms around (0, 0), radius growing with the angle to 1, each arm a class. Noise 0 unless said. The
 * tensors are the caller's to dispose.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { spirals } from "@crease/datasets";
 * const [x, y] = spirals(6, { arms: 3, turns: 1.5 });
 * await x.square().sum(1).round().array(); // => [0,0,0,1,1,1]
 * y; // => [0 1 2 0 1 2]
 * ```
 */
export function spirals(samples: number, options: SpiralsOptions = {}): Points {
  const { arms = 2, turns = 1 } = options;
  requireInteger("spirals", "arms", arms, { min: 1 });
  requireNumber("spirals", "turns", turns, { above: 0 });
  return points("spirals", samples, options, () => (i) => {
    const label = i % arms;
    const radius = along(i, samples, arms);
    const angle = 2 * Math.PI * (radius * turns + label / arms);
    return [radius * Math.cos(angle), radius * Math.sin(angle), label];
  });
}
