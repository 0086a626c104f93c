/** Comparisons and logic: two inputs, bool out. */
import type { Operand, Spec } from "@crease/backend";
import { sizeOf } from "@crease/backend";
import { broadcastZip, type ZipLoop } from "./broadcast.ts";
import type { CpuBuffer, Integers, Kernels } from "./buffer.ts";

type Test = (x: number, y: number) => boolean;
type Loop<In> = ZipLoop<Uint8Array, In>;

// The same loop for each kind of buffer, so that each stays monomorphic.
const testFloat64 =
  (f: Test): Loop<Float64Array> =>
  (out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Number(f(a[i]!, b[j]!));
  };
const testIntegers =
  (f: Test): Loop<Integers> =>
  (out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Number(f(a[i]!, b[j]!));
  };
const testStrings =
  (f: Test): Loop<string[]> =>
  (out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = f(compareCodePoints(a[i]!, b[j]!), 0) ? 1 : 0;
  };

/** Negative, 0 or positive: the order of two strings by code points, which differs from `<` above U+D7FF. */
function compareCodePoints(x: string, y: string): number {
  const length = Math.min(x.length, y.length);
  for (let i = 0; i < length; i++) {
    const p = x.charCodeAt(i);
    const q = y.charCodeAt(i);
    if (p !== q) return codePointOrder(p) - codePointOrder(q);
  }
  return x.length - y.length;
}

/** Surrogates, which stand for code points above 0xffff, go behind all other code units. */
function codePointOrder(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function compare(f: Test, float32: Loop<Float32Array>) {
  const float64 = testFloat64(f);
  const integers = testIntegers(f);
  const strings = testStrings(f);
  return (
    [a, b]: readonly [Operand<CpuBuffer>, Operand<CpuBuffer>],
    _attrs: object,
    [{ shape }]: readonly [Spec],
  ): readonly [CpuBuffer] => {
    const out = new Uint8Array(sizeOf(shape));
    if (a.dtype === "float32") return [broadcastZip(float32, out, shape, a, b)];
    if (a.dtype === "float64") return [broadcastZip(float64, out, shape, a, b)];
    if (a.dtype === "string") return [broadcastZip(strings, out, shape, a, b)];
    return [broadcastZip(integers, out, shape, a, b)];
  };
}

function logic(loop: Loop<Uint8Array>) {
  return (
    [a, b]: readonly [Operand<CpuBuffer>, Operand<CpuBuffer>],
    _attrs: object,
    [{ shape }]: readonly [Spec],
  ): readonly [CpuBuffer] => [broadcastZip(loop, new Uint8Array(sizeOf(shape)), shape, a, b)];
}

type CompareName = "equal" | "less" | "lessEqual" | "logicalAnd" | "logicalOr" | "logicalXor";

/** Kernels of the comparisons and of logic. */
export const compareKernels: Kernels<CompareName> = {
  equal: compare(
    (x, y) => x === y,
    (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Number(a[i]! === b[j]!);
    },
  ),
  less: compare(
    (x, y) => x < y,
    (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Number(a[i]! < b[j]!);
    },
  ),
  lessEqual: compare(
    (x, y) => x <= y,
    (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Number(a[i]! <= b[j]!);
    },
  ),
  logicalAnd: logic((out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! & b[j]!;
  }),
  logicalOr: logic((out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! | b[j]!;
  }),
  logicalXor: logic((out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! ^ b[j]!;
  }),
};
