/** Options of Keras that layers do not have. */
import { ValueError } from "@crease/backend";

/** @throws ValueError unless `value` is left out or what `fallback` says, which is the only thing there is. */
export function requireAbsent(op: string, name: string, value: unknown, fallback: unknown): void {
  if (value !== undefined && value !== null && value !== fallback)
    throw new ValueError({ op, problem: `${name} ${JSON.stringify(value)} is not available`, fix: "Leave it out" });
}
