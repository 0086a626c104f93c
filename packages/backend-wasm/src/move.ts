/** Kernels that move elements without computing. */
import { encodeFloat16, type Operand, type Shape, type Spec, sizeOf, stridesOf } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import { copyStrided } from "./copy.ts";
import type { Engine } from "./engine.ts";
import type { Views } from "./views.ts";
import { broadcastStrides } from "./walk.ts";

/** Up to this many elements are filled from JavaScript; more are worth a kernel, on threads. */
const fewElements = 4096;

/** Fills a buffer with one value. */
export function fill({ views }: Engine, { dtype }: Spec, out: WasmBuffer, value: number): void {
  const array = arrayOf(views, dtype);
  const first = out.address / array.BYTES_PER_ELEMENT;
  array.fill(dtype === "float16" ? encodeFloat16([value])[0]! : value, first, first + out.size);
}

/** The view in which the elements of a type are numbers; float16 as 16 bits. */
export function arrayOf(views: Views, dtype: Spec["dtype"]): Views[keyof Views] {
  switch (dtype) {
    case "float32":
    case "float64":
    case "int32":
    case "int8":
      return views[dtype];
    case "float16":
      return views.uint16;
    default:
      return views.uint8;
  }
}

/** The kernels that only move elements. */
export function moveKernels(
  engine: Engine,
): Kernels<"transpose" | "broadcastTo" | "slice" | "reverse" | "pad" | "concat"> {
  const view = (
    x: Operand<WasmBuffer>,
    out: Spec,
    strides: readonly number[],
    start: number,
  ): readonly [WasmBuffer] => {
    const handle = engine.allocate(out);
    const from = { address: x.handle.address, start, strides };
    copyStrided(engine, x.dtype, out.shape, from, { address: handle.address, start: 0, strides: stridesOf(out.shape) });
    return [handle];
  };
  const put = (x: Operand<WasmBuffer>, out: WasmBuffer, shape: Shape, start: number): void =>
    copyStrided(
      engine,
      x.dtype,
      x.shape,
      { address: x.handle.address, start: 0, strides: stridesOf(x.shape) },
      { address: out.address, start, strides: stridesOf(shape) },
    );
  return {
    transpose: ([x], { perm }, [out]) => {
      const own = stridesOf(x.shape);
      return view(
        x,
        out,
        perm.map((axis) => own[axis]!),
        0,
      );
    },
    broadcastTo: ([x], { shape }, [out]) => {
      if (x.handle.size !== 1 || sizeOf(shape) > fewElements) return view(x, out, broadcastStrides(x.shape, shape), 0);
      const handle = engine.allocate(out);
      const array = arrayOf(engine.views, x.dtype);
      const first = handle.address / array.BYTES_PER_ELEMENT;
      array.fill(array[x.handle.address / array.BYTES_PER_ELEMENT]!, first, first + handle.size);
      return [handle];
    },
    slice: ([x], { start, step }, [out]) => {
      const own = stridesOf(x.shape);
      const first = start.reduce((at, index, axis) => at + index * own[axis]!, 0);
      return view(
        x,
        out,
        own.map((stride, axis) => stride * step[axis]!),
        first,
      );
    },
    reverse: ([x], { axes }, [out]) => {
      const strides = stridesOf(x.shape);
      let first = 0;
      for (const axis of axes) {
        first += (x.shape[axis]! - 1) * strides[axis]!;
        strides[axis]! *= -1;
      }
      return view(x, out, strides, first);
    },
    pad: ([x], { pads, value }, [out]) => {
      const handle = engine.allocate(out);
      fill(engine, out, handle, value);
      const strides = stridesOf(out.shape);
      put(
        x,
        handle,
        out.shape,
        pads.reduce((at, [before], axis) => at + before * strides[axis]!, 0),
      );
      return [handle];
    },
    concat: (inputs, { axis }, [out]) => {
      const handle = engine.allocate(out);
      const stride = stridesOf(out.shape)[axis]!;
      let start = 0;
      for (const x of inputs) {
        put(x, handle, out.shape, start);
        start += x.shape[axis]! * stride;
      }
      return [handle];
    },
  };
}
