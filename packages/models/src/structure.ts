/** Values that come alone, in a list or by name: how inputs and outputs of models are arranged. */
import { ValueError } from "@crease/backend";

/** One value, a list, or an object of them. */
export type Structure<T> = T | readonly T[] | { readonly [name: string]: T };

/** What tells one value from an object of them. */
interface Shaped {
  readonly shape: readonly unknown[];
}

/** True for one value: a tensor, symbolic or not, a spec, or a number. */
export function isSingle<T>(value: Structure<T>): value is T {
  return typeof value !== "object" || value === null || Array.isArray((value as unknown as Partial<Shaped>).shape);
}

/** The values in order. */
export function listed<T>(value: Structure<T>): readonly T[] {
  return isSingle(value) ? [value] : Object.values(value);
}

/** The same arrangement with `change` applied to each value. */
export function arrange<T, R>(value: Structure<T>, change: (part: T, index: number) => R): Structure<R> {
  if (isSingle(value)) return change(value, 0);
  if (Array.isArray(value)) return (value as readonly T[]).map(change);
  return Object.fromEntries(Object.entries(value).map(([name, part], i) => [name, change(part as T, i)]));
}

/** The names of the values: an object's keys, else those that the values have, equal ones numbered. */
export function namesOf<T>(value: Structure<T>, parts: readonly { readonly name: string }[]): readonly string[] {
  if (!isSingle(value) && !Array.isArray(value)) return Object.keys(value);
  const names: string[] = [];
  for (const { name } of parts) {
    let unique = name;
    for (let i = 1; names.includes(unique); i++) unique = `${name}_${i}`;
    names.push(unique);
  }
  return names;
}

/**
 * The values for these names: one value for one name, a list in their order, or an object by name.
 *
 * @throws ValueError where one is missing, or a list has another length.
 */
export function pick<T>(op: string, kind: string, value: Structure<T>, names: readonly string[]): readonly T[] {
  const wrong = (given: string): ValueError =>
    new ValueError({
      op,
      problem: `${names.length} ${kind}${names.length === 1 ? "" : "s"} (${names.join(", ")}) wanted, got ${given}`,
      fix: names.length === 1 ? "Give one" : "Give a list in this order, or an object by name",
    });
  if (isSingle(value)) {
    if (names.length === 1) return [value];
    throw wrong("one");
  }
  if (Array.isArray(value)) {
    if (value.length === names.length) return value as readonly T[];
    throw wrong(`a list of ${value.length}`);
  }
  const byName = value as { readonly [name: string]: T };
  return names.map((name) => {
    if (Object.hasOwn(byName, name)) return byName[name] as T;
    throw wrong(`no "${name}" among ${Object.keys(byName).join(", ") || "none"}`);
  });
}
