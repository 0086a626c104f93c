/** Which axes tensordot sums over. */
import { normalizeAxis, ShapeError, type Spec, ValueError } from "@crease/backend";

/** How many axes at the end of a and the start of b, or which ones of a and of b. */
export type ContractedAxes = number | readonly [number | readonly number[], number | readonly number[]];

/**
 * The summed axes of both, not negative.
 *
 * @throws ValueError for counts that are none or differ; AxisError for an axis out of range; ShapeError where sizes differ.
 */
export function contractedAxes(a: Spec, b: Spec, axes: ContractedAxes): readonly [number[], number[]] {
  const got = [a, b];
  let pair: readonly [readonly number[], readonly number[]];
  if (typeof axes === "number") {
    if (!Number.isInteger(axes) || axes < 0 || axes > Math.min(a.shape.length, b.shape.length))
      throw new ValueError({
        op: "tensordot",
        problem: `${axes} axes can not be summed`,
        got,
        fix: "Give a count from 0 to the smaller rank, or the axes of both",
      });
    const count = Array.from({ length: axes }, (_, i) => i);
    pair = [count.map((i) => a.shape.length - axes + i), count];
  } else pair = [[axes[0]].flat(), [axes[1]].flat()];
  const left = pair[0].map((axis) => normalizeAxis("tensordot", axis, a));
  const right = pair[1].map((axis) => normalizeAxis("tensordot", axis, b));
  if (left.length !== right.length || new Set(left).size !== left.length || new Set(right).size !== right.length)
    throw new ValueError({
      op: "tensordot",
      problem: `axes [${left.join(",")}] and [${right.join(",")}] do not pair up`,
      got,
      fix: "Give as many axes of the left as of the right, each once",
    });
  left.forEach((axis, i) => {
    const other = right[i] as number;
    if (a.shape[axis] !== b.shape[other])
      throw new ShapeError({
        op: "tensordot",
        problem: `summed sizes differ (${a.shape[axis]} on axis ${axis} of the left, ${b.shape[other]} on axis ${other} of the right)`,
        got,
        fix: "Axes that are summed together need one size",
      });
  });
  return [left, right];
}
