/** What a checkpoint keeps besides weights: JSON values with tensors among them, taken apart and put together. */
import { DataError, ValueError } from "@crease/backend";
import { Tensor } from "@crease/tensor";

/** A value of a `State`. Tensors are kept to the last bit, as are NaN, infinities and -0, which JSON does not have. */
export type StateValue = null | boolean | number | string | Tensor | readonly StateValue[] | State;

/** Named values; those that are undefined are left out. No name begins with `$`. */
export interface State {
  readonly [name: string]: StateValue | undefined;
}

/** In place of a tensor: the name under which the file has it. */
const tensorMark = "$tensor";
/** In place of a number that JSON does not have: its text. */
const numberMark = "$number";
/** Deeper than any state is, and shallow enough for the stack. */
const maxDepth = 64;

/** The JSON form of a state. Its tensors go into `tensors` under their paths: `callbacks.0.weights.2`. */
export function takeApart(value: StateValue, path: string, tensors: Map<string, Tensor>): unknown {
  if (value instanceof Tensor) {
    tensors.set(path, value);
    return { [tensorMark]: path };
  }
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { [numberMark]: Object.is(value, -0) ? "-0" : String(value) };
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  const below = (name: string | number): string => (path === "" ? String(name) : `${path}.${name}`);
  if (Array.isArray(value)) return value.map((inner, i) => takeApart(inner, below(i), tensors));
  if (typeof value !== "object")
    throw new ValueError({
      op: "checkpoint",
      problem: `"${path}" is a ${typeof value}, which a file cannot hold`,
      fix: "Let `getState` return numbers, texts, booleans, null and tensors, in plain objects and arrays",
    });
  const entries = Object.entries(value as State).flatMap(([name, inner]) => {
    if (inner === undefined) return [];
    if (name.startsWith("$"))
      throw new ValueError({ op: "checkpoint", problem: `"${below(name)}" begins with $`, fix: "Use another name" });
    return [[name, takeApart(inner, below(name), tensors)] as const];
  });
  return Object.fromEntries(entries);
}

/** The state of a JSON form, whose tensors `tensorOf` gives. @throws DataError for a form that `takeApart` does not make. */
export function putTogether(
  json: unknown,
  tensorOf: (name: string) => StateValue,
  file: string,
  depth = 0,
): StateValue {
  const wrong = (problem: string): DataError =>
    new DataError({ op: file, problem, fix: "The file is damaged or no checkpoint: use another one" });
  if (depth > maxDepth) throw wrong(`its state is nested more than ${maxDepth} deep`);
  if (json === null || typeof json !== "object") return json as StateValue;
  if (Array.isArray(json)) return json.map((inner) => putTogether(inner, tensorOf, file, depth + 1));
  const entries = Object.entries(json as Readonly<Record<string, unknown>>);
  const [[name, inner] = ["", undefined]] = entries;
  if (name === tensorMark && typeof inner === "string") return tensorOf(inner);
  if (name === numberMark && typeof inner === "string") return Number(inner);
  return Object.fromEntries(entries.map(([key, value]) => [key, putTogether(value, tensorOf, file, depth + 1)]));
}
