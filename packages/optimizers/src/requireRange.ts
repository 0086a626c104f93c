/** The check of a number that a caller chose. */
import { ValueError } from "@crease/backend";

/** @throws ValueError unless `least <= value <= most`. */
export function requireRange(op: string, name: string, value: number, least: number, most: number): void {
  if (typeof value === "number" && value >= least && value <= most) return;
  const wanted =
    most === Number.POSITIVE_INFINITY ? `a number of ${least} or more` : `a number from ${least} to ${most}`;
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
