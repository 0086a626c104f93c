/** The check on what penalties are multiplied by. */
import { ValueError } from "@crease/backend";

/** The factor itself. @throws ValueError unless it is a finite number of at least 0. */
export function requireFactor(op: string, name: string, factor: number): number {
  if (typeof factor === "number" && factor >= 0 && Number.isFinite(factor)) return factor;
  throw new ValueError({ op, problem: `${name} is ${factor}`, fix: "Use a finite number of at least 0" });
}
