/**
 * Stable sorting along the last axis. tfjs has no sort, and its TopK is not stable and puts NaN anywhere: on the host.
 * TensorFlow's TopK is stable, and sorts integers that are ordered as the elements are.
 */
import { type Spec, sizeOf } from "@crease/backend";
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
  outs: readonly [Spec, Spec],
): readonly [Info, Info] {
  return work.device.name === "tensorflow"
    ? sortByKey(work, x, k, descending)
    : sortOnHost(work, x, k, descending, outs);
}

function sortByKey(work: Work, x: Input, k: number, descending: boolean): readonly [Info, Info] {
  const n = x.shape.at(-1)!;
  const rows = sizeOf(x.shape) / n;
  const key = orderKey(work, work.reshape(x.info, [rows, n]));
  // -1 - key turns the order around, and no int32 overflows.
  const upwards = descending ? key : work.binary("Sub", work.number(-1, "int32"), key);
  const [, positions] = work.runTwo("TopK", { x: upwards }, { k });
  const starts = Int32Array.from({ length: rows }, (_, row) => row * n);
  const indices = work.binary("Add", positions, work.write(starts, [rows, 1], "int32"));
  return [work.run("GatherV2", { x: work.reshape(x.info, [rows * n]), indices }, { axis: 0, batchDims: 0 }), positions];
}

/** An int32 for each element, in their order: of floats the bits, those of negative ones counted downwards from 0, which is -0's. */
function orderKey(work: Work, x: Info): Info {
  if (x.dtype === "int32") return x;
  if (x.dtype === "bool") return work.fromBool(x, "int32");
  const bits = work.run("Bitcast", { x }, { dtype: "int32" });
  const isNegative = work.binary("Less", bits, work.number(0, "int32"));
  const key = work.select(isNegative, work.binary("Sub", work.number(-(2 ** 31), "int32"), bits), bits);
  return work.select(work.unary("IsNan", x), work.number(2 ** 31 - 1, "int32"), key);
}

function sortOnHost(
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
