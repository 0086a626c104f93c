/** Copying between two strided views of the same shape: what transpose, slice, pad, concat and the rest are made of. */
import type { Shape } from "@crease/backend";
import type { CpuBuffer } from "./buffer.ts";
import { eachRow, mergeAxes } from "./walk.ts";

type Moved = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** Rows shorter than this are cheaper to copy one element at a time than by a call of `set`. */
const shortRow = 32;
/** Side of the squares in which a plane is transposed, so that both sides stay in the cache. */
const tile = 32;

/** `out[outStart + i * outStrides] = x[xStart + i * xStrides]` for every index i of `shape`. */
export function copyStrided(
  out: CpuBuffer,
  outStart: number,
  outStrides: readonly number[],
  x: CpuBuffer,
  xStart: number,
  xStrides: readonly number[],
  shape: Shape,
): void {
  const walk = mergeAxes(shape, [outStrides, xStrides]);
  const inner = walk.shape.length - 1;
  const n = walk.shape[inner]!;
  const outStep = walk.strides[0]![inner]!;
  const xStep = walk.strides[1]![inner]!;
  if (Array.isArray(out)) {
    const strings = x as string[];
    eachRow(walk, [outStart, xStart], ([o, i]) => {
      for (let t = 0; t < n; t++) out[o! + t * outStep] = strings[i! + t * xStep]!;
    });
    return;
  }
  const to = bitsOf(out);
  const from = bitsOf(x as Exclude<CpuBuffer, string[]>);
  const long = n >= shortRow && outStep === 1;
  if (long && xStep === 1)
    eachRow(walk, [outStart, xStart], ([o, i]) => to.set(from.subarray(i!, i! + n) as Float64Array, o!));
  else if (long && xStep === 0) eachRow(walk, [outStart, xStart], ([o, i]) => to.fill(from[i!]!, o!, o! + n));
  else copyPlanes(to, outStart, from, xStart, walk.shape, walk.strides[0]!, walk.strides[1]!);
}

/** Two inner axes at a time, in tiles. */
function copyPlanes(
  out: Moved,
  outStart: number,
  x: Moved,
  xStart: number,
  shape: readonly number[],
  outStrides: readonly number[],
  xStrides: readonly number[],
): void {
  const columnAxis = shape.length - 1;
  if (columnAxis === 0) {
    copyPlane(out, outStart, 0, outStrides[0]!, x, xStart, 0, xStrides[0]!, 1, shape[0]!);
    return;
  }
  const rowAxis = planeAxis(xStrides);
  const outer = {
    shape: [...shape, 1],
    strides: [
      [...outStrides, 1],
      [...xStrides, 1],
    ],
  };
  outer.shape[columnAxis] = 1;
  const columns = shape[columnAxis]!;
  const rows = shape[rowAxis]!;
  outer.shape[rowAxis] = 1;
  if (rows === 0 || columns === 0) return;
  eachRow(outer, [outStart, xStart], ([o, i]) =>
    copyPlane(
      out,
      o!,
      outStrides[rowAxis]!,
      outStrides[columnAxis]!,
      x,
      i!,
      xStrides[rowAxis]!,
      xStrides[columnAxis]!,
      rows,
      columns,
    ),
  );
}

/** The axis to walk with the last one: where the input is dense, else the next to last. */
function planeAxis(xStrides: readonly number[]): number {
  const last = xStrides.length - 1;
  const dense = xStrides.findIndex((stride, axis) => axis < last && Math.abs(stride) === 1);
  return dense >= 0 ? dense : last - 1;
}

function copyPlane(
  out: Moved,
  o: number,
  outRow: number,
  outColumn: number,
  x: Moved,
  i: number,
  xRow: number,
  xColumn: number,
  rows: number,
  columns: number,
): void {
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(top + tile, rows);
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(left + tile, columns);
      for (let row = top; row < bottom; row++) {
        let to = o + row * outRow + left * outColumn;
        let from = i + row * xRow + left * xColumn;
        for (let column = left; column < right; column++) {
          out[to] = x[from]!;
          to += outColumn;
          from += xColumn;
        }
      }
    }
  }
}

/** The same memory seen by element width alone, so that few kinds of array reach the loops. */
function bitsOf(buffer: Exclude<CpuBuffer, string[]>): Moved {
  switch (buffer.BYTES_PER_ELEMENT) {
    case 1:
      return buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
    case 2:
      return buffer as Uint16Array;
    case 4:
      return buffer instanceof Int32Array ? buffer : new Int32Array(buffer.buffer, buffer.byteOffset, buffer.length);
    default:
      return buffer as Float64Array;
  }
}
