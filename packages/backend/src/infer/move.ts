/** Output specs of the ops that move elements without computing. */
import { normalizeAxes, normalizeAxis } from "../axes.ts";
import { broadcastsTo } from "../broadcast.ts";
import { AxisError, formatShape, ShapeError, ValueError } from "../errors.ts";
import type { Attrs, MoveTable } from "../ops.ts";
import { type Shape, type Spec, sizeOf } from "../spec.ts";
import { type InferRule, requireDType, requireNumber, requireSameDType } from "./rule.ts";

type One = readonly [Spec];
type Two = readonly [Spec, Spec];

/**
 * The shape itself, checked.
 *
 * @throws ValueError where a size is no integer of 0 or more.
 * @example
 * ```ts
 * import { checkShape } from "@crease/backend";
 * checkShape("zeros", [2, 3]); // => [2, 3]
 * ```
 */
export function checkShape(op: string, shape: Shape, got: readonly Spec[] = []): Shape {
  if (!Array.isArray(shape))
    throw new ValueError({
      op,
      problem: `shape ${String(shape)} is no list of sizes`,
      got,
      fix: "Write a list such as [2, 3]",
    });
  for (const size of shape)
    if (!Number.isSafeInteger(size) || size < 0)
      throw new ValueError({
        op,
        problem: `size ${size} in shape ${formatShape(shape)} is not a whole number of 0 or more`,
        got,
        fix: "Give every axis an integer size",
      });
  return shape;
}

function broadcastTo([x]: One, { shape }: Attrs<"broadcastTo">): One {
  checkShape("broadcastTo", shape, [x]);
  if (!broadcastsTo(x.shape, shape))
    throw new ShapeError({
      op: "broadcastTo",
      problem: `the shape does not repeat to ${formatShape(shape)}`,
      got: [x],
      fix: "Shapes align at the last axis, where a size must be 1 or equal to the target's",
    });
  return [{ shape, dtype: x.dtype }];
}

function reshape([x]: One, { shape }: Attrs<"reshape">): One {
  checkShape("reshape", shape, [x]);
  if (sizeOf(shape) !== sizeOf(x.shape))
    throw new ShapeError({
      op: "reshape",
      problem: `${sizeOf(x.shape)} elements do not fill shape ${formatShape(shape)} of ${sizeOf(shape)}`,
      got: [x],
      fix: "Keep the number of elements; -1 stands for one size that follows from the others",
    });
  return [{ shape, dtype: x.dtype }];
}

function transpose([x]: One, { perm }: Attrs<"transpose">): One {
  const rank = x.shape.length;
  if (perm.length !== rank || [...perm].sort((a, b) => a - b).some((axis, i) => axis !== i))
    throw new AxisError({
      op: "transpose",
      problem: `[${perm.join(",")}] is no permutation of the ${rank} axes`,
      got: [x],
      fix: "Name each axis once",
    });
  return [{ shape: perm.map((axis) => x.shape[axis] as number), dtype: x.dtype }];
}

function slice([x]: One, { start, shape, step }: Attrs<"slice">): One {
  const rank = x.shape.length;
  const wrong = (problem: string, fix: string) => new ShapeError({ op: "slice", problem, got: [x], fix });
  if (start.length !== rank || shape.length !== rank || step.length !== rank)
    throw wrong("start, shape and step need one entry for each axis", `Give ${rank} of each`);
  checkShape("slice", shape, [x]);
  for (let axis = 0; axis < rank; axis++) {
    const size = shape[axis] as number;
    const by = step[axis] as number;
    if (by === 0 || !Number.isInteger(by))
      throw new ValueError({
        op: "slice",
        problem: `step ${by} of axis ${axis} is not allowed`,
        got: [x],
        fix: "Use a whole number that is not 0",
      });
    if (size === 0) continue;
    const first = start[axis] as number;
    const last = first + (size - 1) * by;
    if (!Number.isInteger(first) || Math.min(first, last) < 0 || Math.max(first, last) >= (x.shape[axis] as number))
      throw wrong(
        `elements ${first} to ${last} of axis ${axis} are outside its ${x.shape[axis]}`,
        "Slice within the tensor",
      );
  }
  return [{ shape, dtype: x.dtype }];
}

function pad([x]: One, { pads }: Attrs<"pad">): One {
  if (pads.length !== x.shape.length)
    throw new ShapeError({
      op: "pad",
      problem: `${pads.length} pairs of widths for ${x.shape.length} axes`,
      got: [x],
      fix: "Give one [before, after] for each axis",
    });
  for (const width of pads.flat())
    if (!Number.isInteger(width) || width < 0)
      throw new ValueError({
        op: "pad",
        problem: `width ${width} is not a whole number of 0 or more`,
        got: [x],
        fix: "Use `slice` to cut",
      });
  return [
    {
      shape: x.shape.map((size, axis) => size + (pads[axis]?.[0] as number) + (pads[axis]?.[1] as number)),
      dtype: x.dtype,
    },
  ];
}

function concat(inputs: readonly Spec[], { axis }: Attrs<"concat">): One {
  const first = inputs[0];
  if (first === undefined)
    throw new ValueError({ op: "concat", problem: "no tensors to join", fix: "Give at least one" });
  normalizeAxis("concat", axis, first);
  requireSameDType("concat", inputs);
  let size = 0;
  for (const x of inputs) {
    if (x.shape.length !== first.shape.length || x.shape.some((n, i) => i !== axis && n !== first.shape[i]))
      throw new ShapeError({
        op: "concat",
        problem: `sizes differ off the joined axis ${axis}`,
        got: inputs,
        fix: "All axes but the joined one must be equal",
      });
    size += x.shape[axis] as number;
  }
  return [{ shape: first.shape.map((n, i) => (i === axis ? size : n)), dtype: first.dtype }];
}

function checkBatch(op: string, a: Spec, b: Spec, batchDims: number, axis: number, inputs: readonly Spec[]): void {
  const fits = batchDims <= axis && batchDims <= Math.min(a.shape.length, b.shape.length);
  if (
    !Number.isInteger(batchDims) ||
    batchDims < 0 ||
    !fits ||
    a.shape.slice(0, batchDims).some((n, i) => n !== b.shape[i])
  )
    throw new ShapeError({
      op,
      problem: `the first ${batchDims} axes are not common to both`,
      got: inputs,
      fix: "batchDims counts the leading axes that both share, at most `axis`",
    });
}

function gather(inputs: Two, { axis, batchDims }: Attrs<"gather">): One {
  const [x, indices] = inputs;
  normalizeAxis("gather", axis, x);
  requireDType("gather", "int32", indices, inputs);
  checkBatch("gather", x, indices, batchDims, axis, inputs);
  const shape = [...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...x.shape.slice(axis + 1)];
  return [{ shape, dtype: x.dtype }];
}

function scatterAdd(inputs: Two, { axis, batchDims, size }: Attrs<"scatterAdd">): One {
  const [indices, updates] = inputs;
  requireDType("scatterAdd", "int32", indices, inputs);
  requireNumber("scatterAdd", [updates]);
  checkShape("scatterAdd", [size], inputs);
  const taken = indices.shape.length - batchDims;
  checkBatch("scatterAdd", indices, updates, batchDims, axis, inputs);
  if (
    axis + taken > updates.shape.length ||
    indices.shape.slice(batchDims).some((n, i) => n !== updates.shape[axis + i])
  )
    throw new ShapeError({
      op: "scatterAdd",
      problem: `axes ${axis} to ${axis + taken - 1} of the updates are not those of the indices`,
      got: inputs,
      fix: "updates has the shape that gather with these indices returns",
    });
  return [
    { shape: [...updates.shape.slice(0, axis), size, ...updates.shape.slice(axis + taken)], dtype: updates.dtype },
  ];
}

/** One rule for each row of MoveTable. */
export const inferMove: { readonly [K in keyof MoveTable]: InferRule<K> } = {
  reshape,
  transpose,
  broadcastTo,
  slice,
  pad,
  concat,
  reverse: ([x]: One, { axes }: Attrs<"reverse">): One => {
    normalizeAxes("reverse", axes, x);
    return [x];
  },
  gather,
  scatterAdd,
};
