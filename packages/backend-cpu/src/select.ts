/** The kernel that picks from two inputs by a third. */
import { type Kernel, sizeOf } from "@crease/backend";
import { stepOf } from "./broadcast.ts";
import { allocate, type CpuBuffer } from "./buffer.ts";
import { broadcastStrides, eachRow, mergeAxes } from "./walk.ts";

type Loop<T> = (
  out: T,
  o: number,
  test: Uint8Array,
  h: number,
  dh: number,
  a: T,
  i: number,
  di: number,
  b: T,
  j: number,
  dj: number,
  n: number,
) => void;

const selectFloat32: Loop<Float32Array> = (out, o, test, h, dh, a, i, di, b, j, dj, n) => {
  for (const end = o + n; o < end; o++, h += dh, i += di, j += dj) out[o] = test[h] === 0 ? b[j]! : a[i]!;
};

const selectAny: Loop<CpuBuffer> = (out, o, test, h, dh, a, i, di, b, j, dj, n) => {
  for (const end = o + n; o < end; o++, h += dh, i += di, j += dj) out[o] = test[h] === 0 ? b[j]! : a[i]!;
};

/** `test ? a : b` for each element. */
export const select: Kernel<"select", CpuBuffer> = ([test, a, b], _attrs, [{ shape, dtype }]) => {
  const n = sizeOf(shape);
  const out = allocate(dtype, n);
  const loop = dtype === "float32" ? (selectFloat32 as unknown as Loop<CpuBuffer>) : selectAny;
  const tests = test.handle as Uint8Array;
  const dh = stepOf(tests.length, n);
  const di = stepOf(a.handle.length, n);
  const dj = stepOf(b.handle.length, n);
  if (dh >= 0 && di >= 0 && dj >= 0) {
    loop(out, 0, tests, 0, dh, a.handle, 0, di, b.handle, 0, dj, n);
    return [out];
  }
  const walk = mergeAxes(
    shape,
    [test, a, b].map((x) => broadcastStrides(x.shape, shape)),
  );
  const inner = walk.shape.length - 1;
  const size = walk.shape[inner]!;
  const [testStep, aStep, bStep] = walk.strides.map((own) => own[inner]!) as [number, number, number];
  let o = 0;
  eachRow(walk, [0, 0, 0], (at) => {
    loop(out, o, tests, at[0]!, testStep, a.handle, at[1]!, aStep, b.handle, at[2]!, bStep, size);
    o += size;
  });
  return [out];
};
