/** Walking several arrays together: axes merged where possible, then one inner loop per row. */
import { type Shape, stridesOf } from "@crease/backend";

/** A common shape and, for each array, its step along each axis. */
export interface Walk {
  readonly shape: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Steps of an array repeated to `shape`: 0 along the axes where it repeats. */
export function broadcastStrides(from: Shape, shape: Shape): number[] {
  const own = stridesOf(from);
  const extra = shape.length - from.length;
  return shape.map((_, axis) => (axis < extra || from[axis - extra] === 1 ? 0 : (own[axis - extra] as number)));
}

/** The same walk with the fewest axes, at least one: neighbours merge where every array steps through both evenly. */
export function mergeAxes(shape: Shape, strides: readonly (readonly number[])[]): Walk {
  const sizes: number[] = [];
  const steps: number[][] = [];
  for (let k = 0; k < strides.length; k++) steps.push([]);
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    const merged = last >= 0 && stepsEvenly(steps, last, strides, axis, size);
    if (merged) sizes[last] = sizes[last]! * size;
    else sizes.push(size);
    const at = merged ? last : last + 1;
    for (let k = 0; k < strides.length; k++) steps[k]![at] = strides[k]![axis]!;
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (let k = 0; k < strides.length; k++) steps[k]!.push(1);
  }
  return { shape: sizes, strides: steps };
}

/** True where one step along the last merged axis is `size` steps along the next axis, in every array. */
function stepsEvenly(
  steps: readonly (readonly number[])[],
  last: number,
  strides: readonly (readonly number[])[],
  axis: number,
  size: number,
): boolean {
  for (let k = 0; k < steps.length; k++) if (steps[k]![last] !== strides[k]![axis]! * size) return false;
  return true;
}

/** Calls `row` with each array's offset for every row along the last axis; `at` is reused between calls. */
export function eachRow(walk: Walk, starts: readonly number[], row: (at: readonly number[]) => void): void {
  const { shape, strides } = walk;
  const outer = shape.length - 1;
  if (outer === 0) {
    if (shape[0] !== 0) row(starts);
    return;
  }
  if (shape.includes(0)) return;
  const at = starts.slice();
  const index = new Array<number>(outer).fill(0);
  for (;;) {
    row(at);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      const step = index[axis]! + 1 < shape[axis]! ? 1 : -index[axis]!;
      index[axis] = index[axis]! + step;
      for (let k = 0; k < at.length; k++) at[k] = at[k]! + strides[k]![axis]! * step;
      if (step > 0) break;
    }
    if (axis < 0) return;
  }
}
