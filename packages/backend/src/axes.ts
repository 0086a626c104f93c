/** Axis numbers: negative ones count from the end, and none may be out of range or given twice. */
import { AxisError } from "./errors.ts";
import type { Spec } from "./spec.ts";

/**
 * The axis as a number from 0 to rank - 1.
 *
 * @throws AxisError where it is no integer or outside [-rank, rank).
 * @example
 * ```ts
 * import { normalizeAxis } from "@crease/backend";
 * normalizeAxis("sum", -1, { dtype: "float32", shape: [2, 3] }); // => 1
 * ```
 */
export function normalizeAxis(op: string, axis: number, x: Spec): number {
  const rank = x.shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) throw outOfRange(op, axis, rank, x);
  return axis < 0 ? axis + rank : axis;
}

/**
 * Sorted axes from 0 to rank - 1; `null` or nothing means all of them.
 *
 * @throws AxisError where one is out of range or given twice.
 * @example
 * ```ts
 * import { normalizeAxes } from "@crease/backend";
 * normalizeAxes("sum", [-1, 0], { dtype: "float32", shape: [2, 3, 4] }); // => [0, 2]
 * normalizeAxes("sum", null, { dtype: "float32", shape: [2, 3] }); // => [0, 1]
 * ```
 */
export function normalizeAxes(op: string, axes: number | readonly number[] | null | undefined, x: Spec): number[] {
  if (axes === null || axes === undefined) return x.shape.map((_, axis) => axis);
  if (!Array.isArray(axes)) return [normalizeAxis(op, axes as number, x)];
  const normal = axes.map((axis) => normalizeAxis(op, axis, x)).sort((a, b) => a - b);
  normal.forEach((axis, i) => {
    if (i > 0 && normal[i - 1] === axis)
      throw new AxisError({
        op,
        problem: `axis ${axis} is given twice in [${axes.join(",")}]`,
        got: [x],
        fix: "Name each axis once",
      });
  });
  return normal;
}

function outOfRange(op: string, axis: number, rank: number, x: Spec): AxisError {
  const range = rank === 0 ? "A scalar has no axes" : `Use an integer from ${-rank} to ${rank - 1}`;
  return new AxisError({ op, problem: `axis ${axis} is out of range for rank ${rank}`, got: [x], fix: range });
}
