/** One matrix product with few rows or few elements, where packing would cost more than it saves. */
import type { Integers, Numbers } from "./buffer.ts";
import type { Matrix } from "./gemm.ts";

type Floats = Float32Array | Float64Array;

/** `out[o + i * outRow + j * outColumn] = (a b)[i][j]`, for integers modulo the range of `out`'s type. */
export function multiplyThin(
  out: Numbers,
  o: number,
  outRow: number,
  outColumn: number,
  a: Matrix,
  b: Matrix,
  m: number,
  n: number,
  k: number,
): void {
  const floats = out instanceof Float32Array || out instanceof Float64Array;
  // Many columns that lie side by side are walked in that order; else each element is a dot product of its own.
  const sums = b.column === 1 && k * n >= 256 ? new (floats ? Float64Array : Int32Array)(n) : undefined;
  for (let i = 0; i < m; i++) {
    const at = a.start + i * a.row;
    const to = o + i * outRow;
    if (sums !== undefined) {
      sums.fill(0);
      for (let p = 0; p < k; p++) {
        const factor = a.values[at + p * a.column]!;
        const from = b.start + p * b.row;
        if (floats) addScaledFloats(sums as Float64Array, factor, b.values as Floats, from);
        else addScaledIntegers(sums as Int32Array, factor, b.values as Integers, from);
      }
      for (let j = 0; j < n; j++) out[to + j * outColumn] = sums[j]!;
    } else
      for (let j = 0; j < n; j++) {
        const from = b.start + j * b.column;
        out[to + j * outColumn] = floats
          ? dotFloats(a.values as Floats, at, a.column, b.values as Floats, from, b.row, k)
          : dotIntegers(a.values as Integers, at, a.column, b.values as Integers, from, b.row, k);
      }
  }
}

function addScaledFloats(sums: Float64Array, factor: number, x: Floats, at: number): void {
  for (let j = 0; j < sums.length; j++, at++) sums[j] = sums[j]! + factor * x[at]!;
}

function addScaledIntegers(sums: Int32Array, factor: number, x: Integers, at: number): void {
  for (let j = 0; j < sums.length; j++, at++) sums[j] = sums[j]! + Math.imul(factor, x[at]!);
}

/** Two running sums, so that an addition need not wait for the one before it. */
function dotFloats(x: Floats, i: number, di: number, y: Floats, j: number, dj: number, k: number): number {
  let [even, odd] = [0, 0];
  let p = 0;
  for (; p + 1 < k; p += 2, i += 2 * di, j += 2 * dj) {
    even += x[i]! * y[j]!;
    odd += x[i + di]! * y[j + dj]!;
  }
  return p < k ? even + odd + x[i]! * y[j]! : even + odd;
}

function dotIntegers(x: Integers, i: number, di: number, y: Integers, j: number, dj: number, k: number): number {
  let sum = 0;
  for (let p = 0; p < k; p++, i += di, j += dj) sum = (sum + Math.imul(x[i]!, y[j]!)) | 0;
  return sum;
}
