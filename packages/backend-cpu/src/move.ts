/** Kernels that move elements without computing. */
import { type DType, encodeFloat16, type Kernel, type Shape, sizeOf, stridesOf } from "@crease/backend";
import { allocate, type CpuBuffer, type Kernels } from "./buffer.ts";
import { copyStrided } from "./copy.ts";
import { broadcastStrides } from "./walk.ts";

/** A dense copy of what `strides` and `start` see of a buffer. */
function copyView(
  x: CpuBuffer,
  dtype: DType,
  shape: Shape,
  strides: readonly number[],
  start: number,
): readonly [CpuBuffer] {
  const out = allocate(dtype, sizeOf(shape));
  copyStrided(out, 0, stridesOf(shape), x, start, strides, shape);
  return [out];
}

const transpose: Kernel<"transpose", CpuBuffer> = ([x], { perm }, [out]) => {
  const own = stridesOf(x.shape);
  return copyView(
    x.handle,
    x.dtype,
    out.shape,
    perm.map((axis) => own[axis]!),
    0,
  );
};

const broadcastTo: Kernel<"broadcastTo", CpuBuffer> = ([x], { shape }) =>
  copyView(x.handle, x.dtype, shape, broadcastStrides(x.shape, shape), 0);

const slice: Kernel<"slice", CpuBuffer> = ([x], { start, shape, step }) => {
  const own = stridesOf(x.shape);
  const first = start.reduce((at, index, axis) => at + index * own[axis]!, 0);
  return copyView(
    x.handle,
    x.dtype,
    shape,
    own.map((stride, axis) => stride * step[axis]!),
    first,
  );
};

const reverse: Kernel<"reverse", CpuBuffer> = ([x], { axes }) => {
  const strides = stridesOf(x.shape);
  let first = 0;
  for (const axis of axes) {
    first += (x.shape[axis]! - 1) * strides[axis]!;
    strides[axis] = -strides[axis]!;
  }
  return copyView(x.handle, x.dtype, x.shape, strides, first);
};

const pad: Kernel<"pad", CpuBuffer> = ([x], { pads, value }, [{ shape, dtype }]) => {
  const out = allocate(dtype, sizeOf(shape));
  if (value !== 0 && !Array.isArray(out)) out.fill(dtype === "float16" ? encodeFloat16([value])[0]! : value);
  const strides = stridesOf(shape);
  const first = pads.reduce((at, [before], axis) => at + before * strides[axis]!, 0);
  copyStrided(out, first, strides, x.handle, 0, stridesOf(x.shape), x.shape);
  return [out];
};

const concat: Kernel<"concat", CpuBuffer> = (inputs, { axis }, [{ shape, dtype }]) => {
  const out = allocate(dtype, sizeOf(shape));
  const strides = stridesOf(shape);
  let at = 0;
  for (const x of inputs) {
    copyStrided(out, at, strides, x.handle, 0, stridesOf(x.shape), x.shape);
    at += x.shape[axis]! * strides[axis]!;
  }
  return [out];
};

/** Kernels that only copy: every one is a copy between two strided views. */
export const moveKernels: Kernels<"transpose" | "broadcastTo" | "slice" | "reverse" | "pad" | "concat"> = {
  transpose,
  broadcastTo,
  slice,
  reverse,
  pad,
  concat,
};
