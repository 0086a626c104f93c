/** The check on what penalties are multiplied by. */
import { requireNumber } from "@crease/backend";

/** The factor itself. @throws ValueError unless it is a finite number of at least 0. */
export function requireFactor(op: string, name: string, factor: number): number {
  requireNumber(op, name, factor, { min: 0 });
  return factor;
}
