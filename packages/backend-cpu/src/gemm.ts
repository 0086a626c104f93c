/** One matrix product: both sides packed into panels of four rows or columns, multiplied in 4 x 4 tiles. */
import type { Integers, Numbers } from "./buffer.ts";

/** Where a matrix lies in a buffer. */
export interface Matrix {
  readonly values: Numbers;
  start: number;
  /** Step from one row to the next. */
  readonly row: number;
  /** Step from one column to the next. */
  readonly column: number;
}

/** Rows and columns of a tile. */
const side = 4;
/** Inner sizes are cut into this many steps, so that a panel of four (16 KiB) stays in the fastest cache. */
const depth = 512;
/** Columns packed at once: 1 MiB of panels at full depth. */
const width = 256;

/** `out = a b` with double precision sums; `out` holds zeros. */
export function multiplyFloats(
  out: Float32Array | Float64Array,
  o: number,
  a: Matrix,
  b: Matrix,
  m: number,
  n: number,
  k: number,
): void {
  const sums = new Float64Array(m * n);
  const left = new Float64Array(Math.ceil(m / side) * side * Math.min(k, depth));
  const right = new Float64Array(Math.ceil(Math.min(n, width) / side) * side * Math.min(k, depth));
  const edge = new Float64Array(side * side);
  for (let p = 0; p < k; p += depth) {
    const steps = Math.min(depth, k - p);
    pack(left, a.values, a.start + p * a.column, a.row, a.column, m, steps);
    for (let j = 0; j < n; j += width) {
      const columns = Math.min(width, n - j);
      pack(right, b.values, b.start + p * b.row + j * b.column, b.column, b.row, columns, steps);
      for (let row = 0; row < m; row += side)
        for (let column = 0; column < columns; column += side) {
          const whole = row + side <= m && column + side <= columns;
          const at = row * n + j + column;
          if (whole) tileFloats(sums, at, n, left, row * steps, right, column * steps, steps);
          else {
            edge.fill(0);
            tileFloats(edge, 0, side, left, row * steps, right, column * steps, steps);
            addEdge(sums, at, n, edge, Math.min(side, m - row), Math.min(side, columns - column));
          }
        }
    }
  }
  out.set(sums, o);
}

/** Panels of four lines, step by step: `out[panel][step][line]`; missing lines of the last panel are zeros. */
function pack(
  out: Float64Array | Int32Array,
  x: Numbers,
  start: number,
  lineStep: number,
  step: number,
  lines: number,
  steps: number,
): void {
  let o = 0;
  for (let line = 0; line < lines; line += side) {
    let at = start + line * lineStep;
    if (line + side <= lines)
      for (let p = 0; p < steps; p++, at += step, o += side) {
        out[o] = x[at]!;
        out[o + 1] = x[at + lineStep]!;
        out[o + 2] = x[at + 2 * lineStep]!;
        out[o + 3] = x[at + 3 * lineStep]!;
      }
    else
      for (let p = 0; p < steps; p++, at += step, o += side)
        for (let i = 0; i < side; i++) out[o + i] = line + i < lines ? x[at + i * lineStep]! : 0;
  }
}

function addEdge(
  out: Float64Array | Int32Array,
  at: number,
  n: number,
  edge: Float64Array | Int32Array,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[at + i * n + j] = out[at + i * n + j]! + edge[i * side + j]!;
}

/** `out += left right` for one tile of 4 x 4. */
function tileFloats(
  out: Float64Array,
  at: number,
  n: number,
  left: Float64Array,
  i: number,
  right: Float64Array,
  j: number,
  steps: number,
): void {
  let s00 = 0,
    s01 = 0,
    s02 = 0,
    s03 = 0;
  let s10 = 0,
    s11 = 0,
    s12 = 0,
    s13 = 0;
  let s20 = 0,
    s21 = 0,
    s22 = 0,
    s23 = 0;
  let s30 = 0,
    s31 = 0,
    s32 = 0,
    s33 = 0;
  for (const end = i + steps * side; i < end; i += side, j += side) {
    const b0 = right[j]!;
    const b1 = right[j + 1]!;
    const b2 = right[j + 2]!;
    const b3 = right[j + 3]!;
    const a0 = left[i]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = left[i + 1]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = left[i + 2]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = left[i + 3]!;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  addRow(out, at, s00, s01, s02, s03);
  addRow(out, at + n, s10, s11, s12, s13);
  addRow(out, at + 2 * n, s20, s21, s22, s23);
  addRow(out, at + 3 * n, s30, s31, s32, s33);
}

function addRow(out: Float64Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  out[at] = out[at]! + s0;
  out[at + 1] = out[at + 1]! + s1;
  out[at + 2] = out[at + 2]! + s2;
  out[at + 3] = out[at + 3]! + s3;
}

/** `out = a b` modulo the integer type's range: each sum wraps at 32 bits, and once more when stored. */
export function multiplyIntegers(
  out: Integers,
  o: number,
  a: Matrix,
  b: Matrix,
  m: number,
  n: number,
  k: number,
): void {
  const x = a.values as Integers;
  const y = b.values as Integers;
  const sums = new Int32Array(n);
  for (let i = 0; i < m; i++) {
    sums.fill(0);
    for (let p = 0; p < k; p++) {
      const factor = x[a.start + i * a.row + p * a.column]!;
      let at = b.start + p * b.row;
      for (let j = 0; j < n; j++, at += b.column) sums[j] = sums[j]! + Math.imul(factor, y[at]!);
    }
    out.set(sums, o + i * n);
  }
}
