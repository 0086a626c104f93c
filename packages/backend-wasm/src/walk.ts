/** Walking several arrays together: axes merged where possible, the innermost first. */
import { type Shape, stridesOf } from "@crease/backend";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";

/** Sizes of the merged axes, innermost first and at least one, and each array's stride along them. */
export interface Walk {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Strides of a dense array repeated to `shape`: 0 along the axes where it repeats. */
export function broadcastStrides(from: Shape, shape: Shape): number[] {
  const own = stridesOf(from);
  const extra = shape.length - from.length;
  return shape.map((_, axis) => (axis < extra || from[axis - extra] === 1 ? 0 : own[axis - extra]!));
}

/** The walk with the fewest axes: neighbours merge where every array steps through both evenly. */
export function mergeAxes(shape: Shape, strides: readonly (readonly number[])[]): Walk {
  const sizes: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    if (last >= 0 && stepsEvenly(strides, axis, merged, last, sizes[last]!)) sizes[last]! *= size;
    else {
      sizes.push(size);
      for (let k = 0; k < strides.length; k++) merged[k]!.push(strides[k]![axis]!);
    }
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const own of merged) own.push(1);
  }
  return { sizes, strides: merged };
}

/** True where one step along the axis is `size` steps along the last merged one, in every array. */
function stepsEvenly(
  strides: readonly (readonly number[])[],
  axis: number,
  merged: readonly (readonly number[])[],
  last: number,
  size: number,
): boolean {
  for (let k = 0; k < strides.length; k++) if (strides[k]![axis] !== merged[k]![last]! * size) return false;
  return true;
}

/** Writes the outer axes from number `from` on into the kernel's plan: the size and all strides of each. */
export function writePlan(engine: Engine, { sizes, strides }: Walk, from: number): void {
  const words = engine.views.int32;
  let at = layout.plan >> 2;
  for (let axis = from; axis < sizes.length; axis++) {
    words[at++] = sizes[axis]!;
    for (const own of strides) words[at++] = own[axis]!;
  }
}

/** Product of the sizes from number `from` on. */
export function rowsFrom({ sizes }: Walk, from: number): number {
  let rows = 1;
  for (let axis = from; axis < sizes.length; axis++) rows *= sizes[axis]!;
  return rows;
}
