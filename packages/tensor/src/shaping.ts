/** Shapes as users write them, brought to what the movement primitives take. */
import {
  AxisError,
  formatShape,
  normalizeAxis,
  type Shape,
  ShapeError,
  type Spec,
  sizeOf,
  ValueError,
} from "@crease/backend";

/**
 * The shape with its -1 replaced by the size that follows from the others.
 *
 * @throws ValueError for two -1s or another negative size; ShapeError where no size follows.
 */
export function resolveShape(x: Spec, shape: Shape): Shape {
  const open = Array.isArray(shape) ? shape.indexOf(-1) : -1;
  if (open < 0) return shape;
  if (shape.indexOf(-1, open + 1) >= 0)
    throw new ValueError({
      op: "reshape",
      problem: `shape ${formatShape(shape)} has two sizes of -1`,
      got: [x],
      fix: "Leave one size open and give all others",
    });
  const others = sizeOf(shape.filter((_, axis) => axis !== open));
  const size = sizeOf(x.shape);
  if (others >= 0 && (others === 0 || size % others !== 0))
    throw new ShapeError({
      op: "reshape",
      problem: `${size} elements do not fill shape ${formatShape(shape)}: no size follows for the -1`,
      got: [x],
      fix: "The other sizes must divide the number of elements, and none may be 0",
    });
  return shape.map((n, axis) => (axis === open ? size / others : n));
}

/** The shape without the given axes of size 1. @throws ShapeError where one has another size. */
export function squeezedShape(x: Spec, axes: readonly number[]): Shape {
  for (const axis of axes)
    if (x.shape[axis] !== 1)
      throw new ShapeError({
        op: "squeeze",
        problem: `axis ${axis} has size ${x.shape[axis]}, not 1`,
        got: [x],
        fix: "Only axes of size 1 can go; leave out `axes` to drop all of those",
      });
  return x.shape.filter((_, axis) => !axes.includes(axis));
}

/** The shape with axes of size 1 put in at the given places of the result. @throws AxisError where one is out of range or given twice. */
export function expandedShape(x: Spec, axes: readonly number[]): Shape {
  const rank = x.shape.length + axes.length;
  const places = new Set<number>();
  for (const axis of axes) {
    const place = axis < 0 ? axis + rank : axis;
    const isKnown = Number.isInteger(axis) && place >= 0 && place < rank;
    if (!isKnown || places.has(place))
      throw new AxisError({
        op: "expandDims",
        problem: isKnown
          ? `axis ${axis} is given twice in [${axes.join(",")}]`
          : `axis ${axis} is out of range for a result of rank ${rank}`,
        got: [x],
        fix: `Use different integers from ${-rank} to ${rank - 1}`,
      });
    places.add(place);
  }
  let next = 0;
  return Array.from({ length: rank }, (_, axis) => (places.has(axis) ? 1 : (x.shape[next++] as number)));
}

/** The permutation that brings axes `from` to places `to` and keeps the order of the others. @throws AxisError as for any axes, ValueError for lists of unequal length. */
export function movedAxes(x: Spec, from: readonly number[], to: readonly number[]): number[] {
  if (from.length !== to.length)
    throw new ValueError({
      op: "moveAxis",
      problem: `${from.length} axes for ${to.length} places`,
      got: [x],
      fix: "Give one place for each axis",
    });
  const sources = from.map((axis) => normalizeAxis("moveAxis", axis, x));
  const places = to.map((axis) => normalizeAxis("moveAxis", axis, x));
  for (const list of [sources, places])
    if (new Set(list).size !== list.length)
      throw new AxisError({
        op: "moveAxis",
        problem: `an axis is given twice in [${list.join(",")}]`,
        got: [x],
        fix: "Name each axis once",
      });
  const rest = x.shape.map((_, axis) => axis).filter((axis) => !sources.includes(axis));
  return x.shape.map((_, place) =>
    places.includes(place) ? (sources[places.indexOf(place)] as number) : (rest.shift() as number),
  );
}
