/** Whether two values of plain data are the same. */

/** True for equal numbers (NaN too), strings, typed arrays, arrays and plain objects; other objects must be identical. */
export function sameAttrs(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    const [left, right] = [a, b] as unknown as readonly (readonly unknown[])[] as readonly [
      readonly unknown[],
      readonly unknown[],
    ];
    return left.length === right.length && Array.prototype.every.call(left, (x, i) => sameAttrs(x, right[i]));
  }
  if (Object.getPrototypeOf(a) !== Object.prototype) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameAttrs((a as never)[key], (b as never)[key]))
  );
}
