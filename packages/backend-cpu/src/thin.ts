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
      const add = floats ? addRowsFloats : addRowsIntegers;
      add(sums as never, a.values as never, at, a.column, b.values as never, b.start, b.row, k);
      if (outColumn === 1) out.set(sums, to);
      else for (let j = 0; j < n; j++) out[to + j * outColumn] = sums[j]!;
    } else
      for (let j = 0; j < n; j++) {
        const from = b.start + j * b.column;
        out[to + j * outColumn] = floats
          ? dotFloats(a.values as Floats, at, a.column, b.values as Floats, from, b.row, k)
          : dotIntegers(a.values as Integers, at, a.column, b.values as Integers, from, b.row, k);
      }
  }
}

/** `sums += x y` for a row x of k elements, four rows of y at a time. */
function addRowsFloats(
  sums: Float64Array,
  x: Floats,
  i: number,
  di: number,
  y: Floats,
  at: number,
  row: number,
  k: number,
): void {
  let p = 0;
  for (; p + 3 < k; p += 4, i += 4 * di, at += 4 * row) {
    const [x0, x1, x2, x3] = [x[i]!, x[i + di]!, x[i + 2 * di]!, x[i + 3 * di]!];
    for (let j = 0, from = at; j < sums.length; j++, from++)
      sums[j] = sums[j]! + x0 * y[from]! + x1 * y[from + row]! + (x2 * y[from + 2 * row]! + x3 * y[from + 3 * row]!);
  }
  for (; p < k; p++, i += di, at += row) {
    const factor = x[i]!;
    for (let j = 0, from = at; j < sums.length; j++, from++) sums[j] = sums[j]! + factor * y[from]!;
  }
}

function addRowsIntegers(
  sums: Int32Array,
  x: Integers,
  i: number,
  di: number,
  y: Integers,
  at: number,
  row: number,
  k: number,
): void {
  for (let p = 0; p < k; p++, i += di, at += row) {
    const factor = x[i]!;
    for (let j = 0, from = at; j < sums.length; j++, from++) sums[j] = sums[j]! + Math.imul(factor, y[from]!);
  }
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
