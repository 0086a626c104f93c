/** Checks of options that layers are made with. */
import { suggestName, ValueError } from "@crease/backend";

/** @throws ValueError unless `value` is a whole number of at least `least`. */
export function requireCount(op: string, name: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least)
    throw new ValueError({ op, problem: `${name} is ${value}`, fix: `Use a whole number of at least ${least}` });
}

/** @throws ValueError unless `value` is one of the names; it tells the nearest. */
export function requireName(op: string, name: string, value: unknown, known: readonly string[]): void {
  if (!known.includes(value as string))
    throw new ValueError({ op, problem: `${name} is "${value}"`, fix: suggestName(String(value), known) });
}

/** @throws ValueError unless `value` is left out or what `fallback` says, which is the only thing there is. */
export function requireAbsent(op: string, name: string, value: unknown, fallback: unknown): void {
  if (value !== undefined && value !== null && value !== fallback)
    throw new ValueError({ op, problem: `${name} ${JSON.stringify(value)} is not available`, fix: "Leave it out" });
}
