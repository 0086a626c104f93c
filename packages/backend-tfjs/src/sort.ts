/** Stable sorting along the last axis, on the host: tfjs has no sort, and its TopK is not stable and puts NaN anywhere. */
import type { Spec } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { emptyNumbers, writeNumbers } from "./host.ts";
import type { Info, StoredData } from "./tfjs.ts";
import type { Work } from "./work.ts";

/** Negative where x stands before y; NaN counts as larger than all numbers. */
function ascending(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return x < y ? -1 : Number(x > y);
}

/** The first `k` of each row in order: values and positions. */
function sortRows(
  work: Work,
  x: Input,
  k: number,
  descending: boolean,
  [valueSpec, positionSpec]: readonly [Spec, Spec],
): readonly [Info, Info] {
  const all = work.read(x.info);
  const n = x.shape.at(-1)!;
  const values = emptyNumbers(valueSpec);
  const positions = emptyNumbers(positionSpec);
  for (let row = 0, o = 0; row < all.length; row += n) {
    for (const position of orderOf(all.subarray(row, row + n), descending).subarray(0, k)) {
      values[o] = all[row + position]!;
      positions[o++] = position;
    }
  }
  return [writeNumbers(work, values, valueSpec), writeNumbers(work, positions, positionSpec)];
}

/** Positions in order; typed arrays sort stably. */
function orderOf(keys: StoredData, descending: boolean): Int32Array {
  const order = Int32Array.from(keys, (_, i) => i);
  return order.sort((i, j) => (descending ? ascending(keys[j]!, keys[i]!) : ascending(keys[i]!, keys[j]!)));
}

/** Each row in order, and where its elements came from. */
export const sort: Compute<"sort"> = (work, [x], { descending }, outs) =>
  sortRows(work, x, x.shape.at(-1)!, descending, outs);

/** The k largest of each row, largest first, and where they came from. */
export const topK: Compute<"topK"> = (work, [x], { k }, outs) => sortRows(work, x, k, true, outs);
