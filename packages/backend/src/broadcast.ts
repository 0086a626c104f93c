/** How shapes of different sizes meet: aligned at the last axis, size 1 repeats. */
import { ShapeError } from "./errors.ts";
import { type Shape, type Spec, sameShape } from "./spec.ts";

/**
 * The common shape of all inputs by NumPy's rule; `got` are the specs that an error names, where they are others.
 *
 * @throws ShapeError naming the first axis whose sizes differ and are not 1.
 * @example
 * ```ts
 * import { broadcastShapes } from "@crease/backend";
 * broadcastShapes("add", [{ dtype: "float32", shape: [2, 1] }, { dtype: "float32", shape: [3] }]); // => [2, 3]
 * ```
 */
export function broadcastShapes(op: string, inputs: readonly Spec[], got: readonly Spec[] = inputs): Shape {
  let shape = (inputs[0] as Spec).shape;
  for (let i = 1; i < inputs.length; i++) {
    const other = (inputs[i] as Spec).shape;
    if (!sameShape(shape, other)) shape = broadcastTwo(op, shape, other, got);
  }
  return shape;
}

function broadcastTwo(op: string, a: Shape, b: Shape, got: readonly Spec[]): Shape {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const x = a[a.length - rank + axis] ?? 1;
    const y = b[b.length - rank + axis] ?? 1;
    if (x !== y && x !== 1 && y !== 1)
      throw new ShapeError({
        op,
        problem: `shapes do not broadcast: axis ${axis - rank} has sizes ${x} and ${y}`,
        got,
        fix: "Shapes align at the last axis, where sizes must be equal or 1",
      });
    shape[axis] = x === 1 ? y : x;
  }
  return shape;
}

/**
 * True where an array of shape `from` can be repeated to shape `to`.
 *
 * @example
 * ```ts
 * import { broadcastsTo } from "@crease/backend";
 * broadcastsTo([3, 1], [2, 3, 4]); // => true
 * ```
 */
export function broadcastsTo(from: Shape, to: Shape): boolean {
  const extra = to.length - from.length;
  return extra >= 0 && from.every((size, axis) => size === 1 || size === to[axis + extra]);
}
