/** One matrix product of some size: both sides packed into panels of four lines, multiplied in tiles of 4 x 4. */
import type { Numbers } from "./buffer.ts";
import { addTile, tileFloats, tileIntegers } from "./tile.ts";

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
/** Sums of floats, in double precision, or of integers, modulo 2^32. */
type Sums = Float64Array | Int32Array;

/** Inner sizes are cut into this many steps, so that a panel of four (16 KiB) stays in the fastest cache. */
const depth = 512;
/** Columns packed at once: 1 MiB of panels at full depth. */
const width = 256;
/** Rows computed at once, so that the sums of a tall product take little memory. */
const height = 256;

/** `out[o...] = a b`, for integers modulo the range of `out`'s type. */
export function multiplyTiled(out: Numbers, o: number, a: Matrix, b: Matrix, m: number, n: number, k: number): void {
  const make = out instanceof Float32Array || out instanceof Float64Array ? Float64Array : Int32Array;
  const most = Math.min(k, depth);
  const left: Sums = new make(roundUp(Math.min(m, height)) * most);
  const right: Sums = new make(roundUp(Math.min(n, width)) * most);
  const sums: Sums = new make(Math.min(m, height) * n);
  const edge: Sums = new make(side * side);
  for (let i = 0; i < m; i += height) {
    const rows = Math.min(height, m - i);
    sums.fill(0);
    for (let p = 0; p < k; p += depth) {
      const steps = Math.min(depth, k - p);
      pack(left, a.values, a.start + i * a.row + p * a.column, a.row, a.column, rows, steps);
      for (let j = 0; j < n; j += width) {
        const columns = Math.min(width, n - j);
        pack(right, b.values, b.start + p * b.row + j * b.column, b.column, b.row, columns, steps);
        multiplyPanels(sums, j, n, left, right, rows, columns, steps, edge);
      }
    }
    out.set(rows === height ? sums : sums.subarray(0, rows * n), o + i * n);
  }
}

/** The next multiple of a tile's side. */
function roundUp(lines: number): number {
  return Math.ceil(lines / side) * side;
}

/** Adds the product of all panels to the columns of `sums` from `j` on, tile by tile. */
function multiplyPanels(
  sums: Sums,
  j: number,
  n: number,
  left: Sums,
  right: Sums,
  rows: number,
  columns: number,
  steps: number,
  edge: Sums,
): void {
  const tile = (sums instanceof Float64Array ? tileFloats : tileIntegers) as typeof tileFloats;
  for (let row = 0; row < rows; row += side)
    for (let column = 0; column < columns; column += side) {
      const at = row * n + j + column;
      const [i, to] = [row * steps, column * steps];
      if (row + side <= rows && column + side <= columns)
        tile(sums as Float64Array, at, n, left as Float64Array, i, right as Float64Array, to, steps);
      else {
        edge.fill(0);
        tile(edge as Float64Array, 0, side, left as Float64Array, i, right as Float64Array, to, steps);
        addTile(sums, at, n, edge, side, Math.min(side, rows - row), Math.min(side, columns - column));
      }
    }
}

/** Panels of four lines, step by step: `out[panel][step][line]`; missing lines of the last panel are zeros. */
function pack(
  out: Sums,
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
