/** Targets moved towards the uniform distribution. */
import { ValueError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";

/** `targets (1 - smoothing) + smoothing / classes`. @throws ValueError for a smoothing outside [0, 1]. */
export function smoothLabels(op: string, targets: Tensor, smoothing: number, classes: number): Tensor {
  if (!(smoothing >= 0 && smoothing <= 1))
    throw new ValueError({
      op,
      problem: `labelSmoothing ${smoothing} is outside [0, 1]`,
      fix: "Give a fraction such as 0.1",
    });
  return smoothing === 0 ? targets : targets.mul(1 - smoothing).add(smoothing / classes);
}
