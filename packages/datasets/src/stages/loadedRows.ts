/** Elements that are loaded in batches, in any order, such as images from files. */
import type { Element } from "../element.ts";
import type { ShuffleKey } from "../shuffleKey.ts";
import { cutBatches, type RowsStage, rowsStage } from "./rows.ts";
import { batched, everyRow, permuted } from "./selection.ts";

/** Which rows there are and how they are handed out. */
export interface LoadedRows<T extends Element> {
  readonly count: number;
  /** Makes a batch of the rows named. */
  readonly load: (rows: readonly number[]) => T | Promise<T>;
  /** Rows in a batch; null for one at a time without the first axis. */
  readonly batchSize: number | null;
  /** Decides the orders; without one, rows come as they are counted. */
  readonly key: ShuffleKey | undefined;
}

/** A stage of batches of `count` rows, or of single ones. */
export function loadedRows<T extends Element>({ count, load, batchSize, key }: LoadedRows<T>): RowsStage<T> {
  const all = everyRow(count);
  const ordered = key === undefined ? all : permuted(all, key);
  return rowsStage({
    cut: cutBatches(load),
    selection: batchSize === null ? ordered : batched(ordered, batchSize, false),
    keys: key === undefined ? [] : [key],
    isBatched: batchSize !== null,
  });
}
