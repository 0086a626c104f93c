/** Ranges as users write them, one for each leading axis, brought to start, shape and step. */
import { ShapeError, type Spec, ValueError } from "@crease/backend";

/**
 * Part of one axis: `[start, end?, step?]` with the end left out and null for the default, an integer (drops the
 * axis), null (all of it), or "..." for as many whole axes as are left over. Negative numbers count from the end.
 */
export type Range = readonly [start: number | null, end?: number | null, step?: number | null] | number | null | "...";

/** A slice of all axes, and the shape of its result without those that integers drop. */
export interface ParsedSlice {
  readonly start: readonly number[];
  readonly shape: readonly number[];
  readonly step: readonly number[];
  readonly result: readonly number[];
}

/**
 * Python's rules: bounds outside an axis are clipped to it, an integer outside it raises.
 *
 * @throws ValueError for an index out of range, a step of 0 or no integer; ShapeError for more ranges than axes.
 */
export function parseRanges(op: string, x: Spec, ranges: readonly Range[]): ParsedSlice {
  const rank = x.shape.length;
  const dots = ranges.indexOf("...");
  const named = ranges.length - (dots < 0 ? 0 : 1);
  if (dots >= 0 && ranges.includes("...", dots + 1))
    throw new ValueError({ op, problem: '"..." stands more than once', got: [x], fix: 'Use one "..."' });
  if (named > rank)
    throw new ShapeError({
      op,
      problem: `${named} ranges for ${rank} axes`,
      got: [x],
      fix: "Give at most one range for each axis",
    });
  const whole = new Array<null>(rank - named).fill(null);
  const all = dots < 0 ? [...ranges, ...whole] : [...ranges.slice(0, dots), ...whole, ...ranges.slice(dots + 1)];

  const start: number[] = [];
  const shape: number[] = [];
  const step: number[] = [];
  const result: number[] = [];
  all.forEach((range, axis) => {
    const size = x.shape[axis] as number;
    if (typeof range === "number") {
      start.push(position(op, x, range, axis));
      shape.push(1);
      step.push(1);
      return;
    }
    const [first, count, by] = bounds(op, x, (range ?? []) as Exclude<Range, string | number | null>, size, axis);
    start.push(first);
    shape.push(count);
    step.push(by);
    result.push(count);
  });
  return { start, shape, step, result };
}

function position(op: string, x: Spec, index: number, axis: number): number {
  const size = x.shape[axis] as number;
  if (!Number.isInteger(index) || index < -size || index >= size)
    throw new ValueError({
      op,
      problem: `index ${index} is outside axis ${axis} of size ${size}`,
      got: [x],
      fix: size === 0 ? "The axis has no elements" : `Use an integer from ${-size} to ${size - 1}`,
    });
  return index < 0 ? index + size : index;
}

function bounds(
  op: string,
  x: Spec,
  range: readonly (number | null | undefined)[],
  size: number,
  axis: number,
): readonly [start: number, count: number, step: number] {
  const wrong = (problem: string, fix: string) =>
    new ValueError({ op, problem: `${problem} of axis ${axis}`, got: [x], fix });
  if (!Array.isArray(range) || range.length > 3)
    throw wrong(`${JSON.stringify(range)} is no range`, 'Write [start, end?, step?], an integer, null or "..."');
  for (const bound of range)
    if (bound !== null && bound !== undefined && !Number.isInteger(bound))
      throw wrong(`bound ${bound} is no integer`, "Slice at whole elements; null stands for the default");
  const [first, end, by] = range;
  const step = by ?? 1;
  if (step === 0) throw wrong("step 0", "Use a step that is not 0");
  // Going backwards, -1 stands for "before the first".
  const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
  const clip = (bound: number) => Math.min(Math.max(bound < 0 ? bound + size : bound, least), most);
  const from = first === null || first === undefined ? (step > 0 ? least : most) : clip(first);
  const to = end === null || end === undefined ? (step > 0 ? most : least) : clip(end);
  const count = Math.max(0, Math.ceil((to - from) / step));
  return [count === 0 ? 0 : from, count, step];
}
