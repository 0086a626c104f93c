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
  const steps: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    if (last >= 0 && strides.every((own, k) => steps[k]![last] === own[axis]! * size)) {
      sizes[last] = sizes[last]! * size;
      for (let k = 0; k < strides.length; k++) steps[k]![last] = strides[k]![axis]!;
    } else {
      sizes.push(size);
      for (let k = 0; k < strides.length; k++) steps[k]!.push(strides[k]![axis]!);
    }
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const own of steps) own.push(1);
  }
  return { shape: sizes, strides: steps };
}

/** Calls `row` with each array's offset for every row along the last axis; `at` is reused between calls. */
export function eachRow(walk: Walk, starts: readonly number[], row: (at: readonly number[]) => void): void {
  const { shape, strides } = walk;
  const outer = shape.length - 1;
  const at = [...starts];
  const index = new Array<number>(outer).fill(0);
  if (shape.includes(0)) return;
  for (;;) {
    row(at);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      if (index[axis]! + 1 < shape[axis]!) {
        index[axis] = index[axis]! + 1;
        for (let k = 0; k < at.length; k++) at[k] = at[k]! + strides[k]![axis]!;
        break;
      }
      for (let k = 0; k < at.length; k++) at[k] = at[k]! - strides[k]![axis]! * index[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
