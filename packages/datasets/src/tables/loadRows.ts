/** The small tables that come with the package, as tensors for training and testing. */
import type { Backend } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { trainTestOrder } from "../numpyShuffle.ts";

/** How a table is divided and where it is put. */
export interface SmallTableOptions {
  /** The fraction of rows to test with; 0 leaves the test part empty. Default 0.2. */
  readonly testSplit?: number;
  /** Decides the order of the rows. Default 113. */
  readonly seed?: number;
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** Inputs float32 `[n, features]` and classes int32 `[n]`. */
export type ClassifiedPart = [x: Tensor, y: Tensor];

/** The rows of a table's text, shuffled and divided. @throws ValueError for options out of range. */
export function loadRows(
  op: string,
  rows: string,
  { testSplit = 0.2, seed = 113, backend }: SmallTableOptions,
): [train: ClassifiedPart, test: ClassifiedPart] {
  const table = rows
    .trim()
    .split(/\s+/)
    .map((row) => row.split(",").map(Number));
  const features = (table[0] as number[]).length - 1;
  const place = backend === undefined ? {} : { backend };
  const part = (order: Int32Array): ClassifiedPart => {
    const picked = Array.from(order, (i) => table[i] as number[]);
    const x = Float32Array.from(picked.flatMap((row) => row.slice(0, features)));
    const y = Int32Array.from(picked, (row) => row[features] as number);
    return [tensor(x, { shape: [picked.length, features], ...place }), tensor(y, place)];
  };
  const [train, test] = trainTestOrder(op, table.length, { testSplit, seed });
  return [part(train), part(test)];
}
