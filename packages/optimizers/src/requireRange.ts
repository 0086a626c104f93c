/** The check of a number that a caller chose. */
import { ValueError } from "@crease/backend";

/** @throws ValueError unless `least <= value <= most`. */
export function requireRange(op: string, name: string, value: number, least: number, most: number): void {
  if (typeof value === "number" && value >= least && value <= most) return;
  let wanted = `a number from ${least} to ${most}`;
  if (most === Number.POSITIVE_INFINITY) wanted = `a number of ${least} or more`;
  if (least === Number.NEGATIVE_INFINITY) wanted = `a number of ${most} or less`;
  throw new ValueError({ op, problem: `${name} is ${value}`, fix: `Use ${wanted}` });
}

/** @throws ValueError unless `value` is a whole number of at least `least`. */
export function requireCount(op: string, name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new ValueError({ op, problem: `${name} is ${value}`, fix: `Use a whole number of ${least} or more` });
}

/** @throws ValueError unless `value` is a finite number above 0. */
export function requirePositive(op: string, name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new ValueError({ op, problem: `${name} is ${value}`, fix: "Use a number above 0" });
}

/** @throws ValueError unless `0 <= value < 1`: what remains of a moving average at each step. */
export function requireShare(op: string, name: string, value: number): void {
  if (typeof value === "number" && value >= 0 && value < 1) return;
  throw new ValueError({ op, problem: `${name} is ${value}`, fix: "Use a number of 0 or more, below 1" });
}
