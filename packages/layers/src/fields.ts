/** Finds what a layer owns by looking through its fields. */

/** Something found, with the way to it: `layers.0.kernel`. */
export interface Found<T> {
  readonly path: string;
  readonly value: T;
}

/**
 * The leaves in an object's own enumerable fields, in order, through arrays and plain objects; each once, by its
 * first path.
 */
export function leavesOf<T>(object: object, isLeaf: (value: unknown) => value is T): Found<T>[] {
  const found: Found<T>[] = [];
  const seen = new Set<unknown>([object]);
  const look = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    if (isLeaf(value)) {
      seen.add(value);
      found.push({ path, value });
    } else if (isContainer(value)) {
      seen.add(value);
      lookInside(value, `${path}.`);
    }
  };
  const lookInside = (container: object, prefix: string): void => {
    for (const key of Object.keys(container)) look((container as Record<string, unknown>)[key], prefix + key);
  };
  lookInside(object, "");
  return found;
}

function isContainer(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
