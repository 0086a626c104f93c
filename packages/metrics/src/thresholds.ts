/** The thresholds that turn predictions into decisions. */
import { ValueError } from "@crease/backend";

/** One threshold or several, as a list. @throws ValueError for none, or for one outside [0, 1]. */
export function thresholdList(op: string, thresholds: number | readonly number[]): readonly number[] {
  const list = typeof thresholds === "number" ? [thresholds] : [...thresholds];
  const odd = list.find((t) => !(t >= 0 && t <= 1));
  if (odd !== undefined)
    throw new ValueError({ op, problem: `threshold ${odd} is outside [0, 1]`, fix: "Give fractions such as 0.5" });
  if (list.length === 0)
    throw new ValueError({ op, problem: "there is no threshold", fix: "Give at least one, such as 0.5" });
  return list;
}

/** True for three or more thresholds at equal distances from 0 to 1 (Keras 3 `is_evenly_distributed_thresholds`). */
export function areEven(thresholds: readonly number[]): boolean {
  const steps = thresholds.length - 1;
  return steps >= 2 && thresholds.every((t, i) => Math.abs(t - i / steps) <= 1e-7 + 1e-5 * (i / steps));
}
