/** Elements cut out of whole tensors: one gather or slice per tensor and element. */
import type { Backend } from "@crease/backend";
import { scope, type Tensor, tensor } from "@crease/tensor";
import { type Element, mapTensors } from "../element.ts";
import type { ShuffleKey } from "../shuffleKey.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** What a stage over rows is made from. */
export interface Rows<T extends Element> {
  /** The tensors behind the data set; they stay the caller's. */
  readonly table: T;
  readonly selection: Selection;
  readonly keys: readonly ShuffleKey[];
  /** True where an element is a batch of rows, false where it is one row without the first axis. */
  readonly isBatched: boolean;
}

/** Elements that are rows of whole tensors; take, skip, shuffle and the first batch only change their selection. */
export interface RowsStage<T extends Element> extends Stage<T> {
  readonly rows: Rows<T>;
}

/** The stage over the rows given. */
export function rowsStage<T extends Element>(rows: Rows<T>): RowsStage<T> {
  const { table, selection, isBatched } = rows;
  return {
    rows,
    size: selection.size,
    keys: rows.keys,
    async *iterate(epoch, start) {
      if (start >= selection.size) return;
      const select = selection.open(epoch);
      for (let i = start; i < selection.size; i++) yield cut(table, select(i), isBatched);
    },
  };
}

/** True where a stage can be read at any row. */
export function isRowsStage<T extends Element>(stage: Stage<T>): stage is RowsStage<T> {
  return "rows" in stage;
}

function cut<T extends Element>(table: T, rows: readonly number[], isBatched: boolean): T {
  const first = rows[0] as number;
  if (!isBatched) return scope(() => mapTensors(table, (x) => x.at(first)));
  if (rows.every((row, i) => row === first + i))
    return scope(() => mapTensors(table, (x) => x.slice([first, first + rows.length])));
  return scope(() => {
    const uploaded = new Map<Backend, Tensor>();
    const indicesOn = (backend: Backend): Tensor => {
      const indices = uploaded.get(backend) ?? tensor(Int32Array.from(rows), { backend });
      uploaded.set(backend, indices);
      return indices;
    };
    return mapTensors(table, (x) => x.gather(indicesOn(x.backend)));
  });
}
