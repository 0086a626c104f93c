/** Keras's spellings as ours. */

/** `learning_rate` as `learningRate`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
}

/** The same with our spelling of all keys and names in it, and of `["L2", { ... }]` as a part's JSON form. */
export function translated(value: unknown): unknown {
  if (typeof value === "string") return camelCase(value);
  if (Array.isArray(value)) {
    const [first, second] = value;
    const isPart = value.length === 2 && typeof first === "string" && typeof second === "object";
    return isPart ? { className: first, config: translated(second) } : value.map(translated);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelCase(key), translated(inner)]));
}
