/** Stable sorting along the last axis. */
import type { Kernel } from "@crease/backend";
import { allocate, type CpuBuffer, type Numbers } from "./buffer.ts";

/** True where x must stand before y; NaN counts as larger than all numbers. */
type Before = (x: number, y: number) => boolean;

const ascending: Before = (x, y) => x < y || (Number.isNaN(y) && !Number.isNaN(x));
const descending: Before = (x, y) => x > y || (Number.isNaN(x) && !Number.isNaN(y));

/** Bottom-up merge sort of positions by their keys; returns whichever of the two arrays holds the result. */
function sortPositions(keys: Float64Array, before: Before, first: Int32Array, second: Int32Array): Int32Array {
  const n = keys.length;
  for (let i = 0; i < n; i++) first[i] = i;
  let from = first;
  let to = second;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      for (let i = start; i < end; i++) {
        const takeRight = left === middle || (right < end && before(keys[from[right]!]!, keys[from[left]!]!));
        to[i] = takeRight ? from[right++]! : from[left++]!;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** The first `k` of each row of `n` in sorted order: values and positions. */
function sortRows(x: Numbers, n: number, k: number, before: Before, values: Numbers, positions: Int32Array): void {
  const keys = new Float64Array(n);
  const first = new Int32Array(n);
  const second = new Int32Array(n);
  let o = 0;
  for (let start = 0; start < x.length; start += n) {
    for (let i = 0; i < n; i++) keys[i] = x[start + i]!;
    const order = sortPositions(keys, before, first, second);
    for (let i = 0; i < k; i++, o++) {
      positions[o] = order[i]!;
      values[o] = keys[order[i]!]!;
    }
  }
}

/** Each row in order, and where its elements came from. */
export const sort: Kernel<"sort", CpuBuffer> = ([x], attrs) => {
  const values = allocate(x.dtype, x.handle.length) as Numbers;
  const positions = new Int32Array(values.length);
  const n = x.shape[x.shape.length - 1]!;
  sortRows(x.handle as Numbers, n, n, attrs.descending ? descending : ascending, values, positions);
  return [values, positions];
};

/** The k largest of each row, largest first, and where they came from. */
export const topK: Kernel<"topK", CpuBuffer> = ([x], { k }) => {
  const n = x.shape[x.shape.length - 1]!;
  const size = n === 0 ? 0 : (x.handle.length / n) * k;
  const values = allocate(x.dtype, size) as Numbers;
  const positions = new Int32Array(size);
  sortRows(x.handle as Numbers, n, k, descending, values, positions);
  return [values, positions];
};
