/** Ops that move elements without computing. */
import { type Attrs, type Shape, sizeOf, stridesOf } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import type { Info } from "./tfjs.ts";
import { isEmpty, mostAxes, type Work } from "./work.ts";

const transpose: Compute<"transpose"> = (work, [x], { perm }) => [
  perm.every((axis, i) => axis === i) ? x.info : work.run("Transpose", { x: x.info }, { perm }),
];

const broadcastTo: Compute<"broadcastTo"> = (work, [x], { shape }) => [work.broadcast(x.info, shape)];

/** Steps of 1 by Slice, others by Reverse and GatherV2: wasm's StridedSlice returns float32 whatever it gets. */
const slice: Compute<"slice"> = (work, [x], { start, shape, step }) => {
  const least = shape.map((size, axis) => Math.min(start[axis]!, start[axis]! + (size - 1) * step[axis]!));
  const span = shape.map((size, axis) => (size - 1) * Math.abs(step[axis]!) + 1);
  let found = sliceOf(work, x, least, span);
  const backward = [...shape.keys()].filter((axis) => step[axis]! < 0 && shape[axis]! > 1);
  if (backward.length > 0) found = reversed(work, found, backward);
  for (const [axis, size] of shape.entries()) {
    const stride = Math.abs(step[axis]!);
    if (stride === 1 || size === 1) continue;
    const indices = work.write(
      Int32Array.from({ length: size }, (_, i) => i * stride),
      [size],
      "int32",
    );
    found = work.run("GatherV2", { x: found, indices }, { axis, batchDims: 0 });
  }
  return [found];
};

function sliceOf(work: Work, x: Input, begin: readonly number[], size: Shape): Info {
  if (size.every((n, axis) => n === x.shape[axis])) return x.info;
  if (work.device.name === "wasm" && size.every((n, axis) => axis === 0 || n === x.shape[axis])) {
    // wasm's Slice copies all of x first: a batch of a data set would cost the whole set.
    const row = stridesOf(x.shape)[0]!;
    const part = work.read(x.info).slice(begin[0]! * row, begin[0]! * row + sizeOf(size));
    return work.write(part, size, x.info.dtype);
  }
  return work.run("Slice", { x: x.info }, { begin, size });
}

const pad: Compute<"pad"> = (work, [x], { pads, value }, [out]) => {
  if (pads.length === 0) return [x.info];
  if (isEmpty(x)) return [work.fill(value, out)];
  if (out.dtype !== "int32" || Math.abs(value) <= 2 ** 24) return [padded(work, x.info, pads, value)];
  // tfjs takes the value as float32: zeros around what is that much less, and all of it more.
  const offset = work.number(value, "int32");
  return [work.binary("Add", padded(work, work.binary("Sub", x.info, offset), pads, 0), offset)];
};

function padded(work: Work, x: Info, pads: Attrs<"pad">["pads"], value: number): Info {
  if (pads.length <= mostAxes) return work.run("PadV2", { x }, { paddings: pads, constantValue: value });
  return pads.reduce((found, [before, after], axis) => {
    if (before === 0 && after === 0) return found;
    const paddings = [
      [0, 0],
      [before, after],
      [0, 0],
    ];
    const wider = work.run("PadV2", { x: aroundAxis(work, found, axis) }, { paddings, constantValue: value });
    const size = before + found.shape[axis]! + after;
    return work.reshape(wider, [...found.shape.slice(0, axis), size, ...found.shape.slice(axis + 1)]);
  }, x);
}

/** The same elements with what is before an axis and what is behind it as one axis each. */
function aroundAxis(work: Work, x: Info, axis: number): Info {
  return work.reshape(x, [sizeOf(x.shape.slice(0, axis)), x.shape[axis]!, sizeOf(x.shape.slice(axis + 1))]);
}

const concat: Compute<"concat"> = (work, inputs, { axis }) => {
  // Inputs without elements add nothing, and a single other one is the result.
  const filled = inputs.filter((x) => !isEmpty(x)).map((x) => x.info);
  return [filled.length === 1 ? (filled[0] as Info) : work.run("Concat", filled, { axis })];
};

const reverse: Compute<"reverse"> = (work, [x], { axes }) => [
  axes.length === 0 ? x.info : reversed(work, x.info, axes),
];

function reversed(work: Work, x: Info, dims: readonly number[]): Info {
  if (x.dtype === "bool") {
    // wasm moves four bytes an element whatever the type.
    return work.binary("NotEqual", reversed(work, work.fromBool(x, "int32"), dims), work.number(0, "int32"));
  }
  if (x.shape.length <= mostAxes) return work.run("Reverse", { x }, { dims });
  return dims.reduce(
    (found, axis) => work.reshape(work.run("Reverse", { x: aroundAxis(work, found, axis) }, { dims: [1] }), x.shape),
    x,
  );
}

/** Ops that move elements. */
export const moveComputes: {
  readonly transpose: Compute<"transpose">;
  readonly broadcastTo: Compute<"broadcastTo">;
  readonly slice: Compute<"slice">;
  readonly pad: Compute<"pad">;
  readonly concat: Compute<"concat">;
  readonly reverse: Compute<"reverse">;
} = { transpose, broadcastTo, slice, pad, concat, reverse };
