/** Strided copies of every path (one run, rows, fills, tiled planes) against index arithmetic for each element. */
import { type Shape, sizeOf, stridesOf } from "@crease/backend";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate, type CpuBuffer } from "../src/buffer.ts";
import { copyStrided } from "../src/copy.ts";

/** A dense input, and a view of it: permuted, stepped, reversed and repeated axes. */
const view = fc
  .array(
    fc.record({
      size: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(1, 33, 70)),
      step: fc.constantFrom(-2, -1, 0, 1, 1, 1, 2),
      order: fc.nat(),
    }),
    { maxLength: 4 },
  )
  .filter((axes) => axes.reduce((size, axis) => size * axis.size * 2, 1) < 60000)
  .map((axes) => {
    const spans = axes.map(({ size, step }) => Math.max(1, size * Math.abs(step)));
    const own = stridesOf(spans);
    const placed = axes.map(({ size, step, order }, axis) => {
      const stride = (own[axis] as number) * step;
      return { size, stride, order, start: step < 0 && size > 0 ? -stride * (size - 1) : 0 };
    });
    placed.sort((a, b) => a.order - b.order);
    return {
      shape: placed.map(({ size }) => size),
      strides: placed.map(({ stride }) => stride),
      start: placed.reduce((sum, { start }) => sum + start, 0),
      length: sizeOf(spans),
    };
  });

function expectedCopy(x: CpuBuffer, start: number, strides: readonly number[], shape: Shape): unknown[] {
  const own = stridesOf(shape);
  return Array.from({ length: sizeOf(shape) }, (_, at) => {
    const from = shape.reduce(
      (sum, size, axis) => sum + (Math.floor(at / (own[axis] as number)) % size) * (strides[axis] as number),
      start,
    );
    return x[from];
  });
}

test.each(["uint8", "int8", "float16", "float32", "int32", "float64", "string"] as const)("%s", (dtype) => {
  fc.assert(
    fc.property(view, ({ shape, strides, start, length }) => {
      const x = allocate(dtype, length);
      for (let i = 0; i < length; i++) x[i] = dtype === "string" ? String(i) : (i * 31) % 101;
      const out = allocate(dtype, sizeOf(shape));
      copyStrided(out, 0, stridesOf(shape), x, start, strides, shape);
      expect(Array.from(out as ArrayLike<unknown>)).toEqual(expectedCopy(x, start, strides, shape));
    }),
    { numRuns: 200 },
  );
});

test("NaN keeps its bits and the output may be strided too", () => {
  const x = new Float32Array(new Uint32Array([0x7fc00123, 0xffc00456]).buffer);
  const out = new Float32Array(4);
  copyStrided(out, 3, [-2], x, 0, [1], [2]);
  expect([...new Uint32Array(out.buffer)]).toEqual([0, 0xffc00456, 0, 0x7fc00123]);
});
