/** Axes that layers are given, found in shapes with unknown sizes. */
import { AxisError, requireInteger, ShapeError } from "@crease/backend";
import { formatPartialShape, type PartialShape } from "./shape.ts";

/** @throws ValueError for an axis, or one among several, that is no whole number. */
export function requireAxes(op: string, axes: unknown): void {
  for (const axis of [axes].flat()) requireInteger(op, "axis", axis);
}

/** The axes from 0, sorted. @throws AxisError where one is out of range or given twice. */
export function axesIn(op: string, axis: number | readonly number[], shape: PartialShape): number[] {
  const rank = shape.length;
  const given: readonly number[] = typeof axis === "number" ? [axis] : axis;
  const axes = given.map((each) => {
    if (!Number.isInteger(each) || each < -rank || each >= rank)
      throw new AxisError({
        op,
        problem: `axis ${each} is out of range, got an input of shape ${formatPartialShape(shape)}`,
        fix: rank === 0 ? "A scalar has no axes" : `Use an integer from ${-rank} to ${rank - 1}`,
      });
    return each < 0 ? each + rank : each;
  });
  if (new Set(axes).size < axes.length)
    throw new AxisError({ op, problem: `an axis is given twice in [${given}]`, fix: "Name each axis once" });
  return axes.sort((a, b) => a - b);
}

/**
 * The axes from 0, sorted, and the sizes along them: what a layer's weights are as large as.
 *
 * @throws AxisError as `axesIn`; ShapeError for a size that is unknown, or other than that of `builtFor`.
 */
export function sizesAlong(
  op: string,
  axis: number | readonly number[],
  shape: PartialShape,
  builtFor?: PartialShape,
): { readonly axes: number[]; readonly sizes: number[] } {
  const axes = axesIn(op, axis, shape);
  const sizes = axes.map((each) => {
    const size = shape[each] ?? null;
    if (size !== null) return size;
    throw new ShapeError({
      op,
      problem: `the size of axis ${each} is unknown, got shape ${formatPartialShape(shape)}`,
      fix: "Give it in `Input({ shape })`",
    });
  });
  const expected = builtFor && sizesAlong(op, axis, builtFor).sizes;
  if (expected !== undefined && String(expected) !== String(sizes))
    throw new ShapeError({
      op,
      problem: `it was built for size ${expected.join(", ")} along axis ${axes.join(", ")} and got ${sizes.join(", ")}, in an input of shape ${formatPartialShape(shape)}`,
      fix: "Pass inputs with the sizes that the layer was built for",
    });
  return { axes, sizes };
}

/** The sizes along these axes, 1 along all others. */
export function onlyAlong(axes: readonly number[], shape: readonly number[]): number[] {
  return shape.map((size, axis) => (axes.includes(axis) ? size : 1));
}

/** The axes that these are not. */
export function otherAxes(axes: readonly number[], shape: PartialShape): number[] {
  return shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
}
