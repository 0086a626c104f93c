/** Elements made of rows that can be read in any order, such as those of whole tensors. */
import type { Backend } from "@crease/backend";
import { scope, type Tensor, tensor } from "@crease/tensor";
import { disposeElement, type Element, mapTensors } from "../element.ts";
import type { ShuffleKey } from "../shuffleKey.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** Makes an element: a batch of the rows named, or the one row named without the first axis. */
export type Cut<T extends Element> = (rows: readonly number[], isBatched: boolean) => T | Promise<T>;

/** What a stage over rows is made from. */
export interface Rows<T extends Element> {
  readonly cut: Cut<T>;
  readonly selection: Selection;
  readonly keys: readonly ShuffleKey[];
  /** True where an element is a batch of rows, false where it is one row without the first axis. */
  readonly isBatched: boolean;
}

/** Elements that are rows of something; take, skip, shuffle and the first batch only change their selection. */
export interface RowsStage<T extends Element> extends Stage<T> {
  readonly rows: Rows<T>;
}

/** The stage over the rows given. */
export function rowsStage<T extends Element>(rows: Rows<T>): RowsStage<T> {
  const { cut, selection, isBatched } = rows;
  return {
    rows,
    size: selection.size,
    keys: rows.keys,
    async *iterate(epoch, start) {
      if (start >= selection.size) return;
      const select = selection.open(epoch);
      for (let i = start; i < selection.size; i++) {
        const chosen: number[] = [];
        select(i, chosen);
        yield await cut(chosen, isBatched);
      }
    },
  };
}

/** True where a stage can be read at any row. */
export function isRowsStage<T extends Element>(stage: Stage<T>): stage is RowsStage<T> {
  return "rows" in stage;
}

/** Cuts rows out of whole tensors, which stay the caller's: one gather or slice per tensor and element. */
export function cutTensors<T extends Element>(table: T): Cut<T> {
  return (rows, isBatched) => {
    const first = rows[0] as number;
    if (!isBatched) return scope(() => mapTensors(table, (x) => x.at(first)));
    if (rows.every((row, i) => row === first + i))
      return scope(() => mapTensors(table, (x) => x.slice([first, first + rows.length])));
    return scope(() => {
      const uploaded = new Map<Backend, Tensor>();
      const indicesOn = (backend: Backend): Tensor => {
        const indices = uploaded.get(backend) ?? tensor(new Int32Array(rows), { backend });
        uploaded.set(backend, indices);
        return indices;
      };
      return mapTensors(table, (x) => x.gather(indicesOn(x.backend)));
    });
  };
}

/** Rows that `load` makes as batches. */
export function cutBatches<T extends Element>(load: (rows: readonly number[]) => T | Promise<T>): Cut<T> {
  return async (rows, isBatched) => {
    const batch = await load(rows);
    if (isBatched) return batch;
    try {
      return scope(() => mapTensors(batch, (x) => x.at(0)));
    } finally {
      disposeElement(batch);
    }
  };
}
