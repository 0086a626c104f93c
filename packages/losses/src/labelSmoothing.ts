/** Targets moved towards the uniform distribution. */
import { requireNumber } from "@crease/backend";
import type { Tensor } from "@crease/tensor";

/** `targets (1 - smoothing) + smoothing / classes`. @throws ValueError for a smoothing outside [0, 1]. */
export function smoothLabels(op: string, targets: Tensor, smoothing: number, classes: number): Tensor {
  requireNumber(op, "labelSmoothing", smoothing, { min: 0, max: 1 });
  return smoothing === 0 ? targets : targets.mul(1 - smoothing).add(smoothing / classes);
}
