/** Fewer axes for two shapes that broadcast: neighbours merge where both repeat alike. */
import type { Shape } from "@crease/backend";

/** Two shapes with the fewest axes that broadcast as `a` and `b` do, and the shape of the result as it was. */
export interface Merged {
  readonly a: Shape;
  readonly b: Shape;
  readonly out: Shape;
}

/** Merges the axes of two shapes; those of size 1 in both go. */
export function mergeShapes(left: Shape, right: Shape): Merged {
  const rank = Math.max(left.length, right.length);
  const merged: Merged & { readonly [K in keyof Merged]: number[] } = { a: [], b: [], out: [] };
  let before = "";
  for (let axis = 0; axis < rank; axis++) {
    const x = left[left.length - rank + axis] ?? 1;
    const y = right[right.length - rank + axis] ?? 1;
    merged.out.push(x === 1 ? y : x);
    if (x === 1 && y === 1) continue;
    const pattern = x === y ? "both" : x === 1 ? "right" : "left";
    const last = merged.a.length - 1;
    if (pattern === before) {
      merged.a[last] = (merged.a[last] as number) * x;
      merged.b[last] = (merged.b[last] as number) * y;
    } else {
      merged.a.push(x);
      merged.b.push(y);
    }
    before = pattern;
  }
  return merged;
}
