/** Runs of elements joined along a new first axis. */
import { disposeElement, type Element, stackElements } from "../element.ts";
import { isRowsStage, rowsStage } from "./rows.ts";
import { batched } from "./selection.ts";
import type { Stage } from "./stage.ts";

/**
 * A stage that joins `batchSize` elements at a time; the last batch may be shorter unless `dropRemainder`.
 * Rows of whole tensors are gathered at once, elements of other stages are stacked.
 */
export function batchStage<T extends Element>(source: Stage<T>, batchSize: number, dropRemainder: boolean): Stage<T> {
  if (isRowsStage(source) && !source.rows.isBatched) {
    const selection = batched(source.rows.selection, batchSize, dropRemainder);
    return rowsStage({ ...source.rows, selection, isBatched: true });
  }
  const count = source.size === undefined ? undefined : source.size / batchSize;
  return {
    size: count === undefined ? undefined : dropRemainder ? Math.floor(count) : Math.ceil(count),
    keys: source.keys,
    async *iterate(epoch, start) {
      let waiting: T[] = [];
      const join = (): T => {
        const batch = stackElements(waiting);
        waiting.forEach(disposeElement);
        waiting = [];
        return batch;
      };
      try {
        for await (const element of source.iterate(epoch, start * batchSize)) {
          waiting.push(element);
          if (waiting.length === batchSize) yield join();
        }
        if (waiting.length > 0 && !dropRemainder) yield join();
      } finally {
        waiting.forEach(disposeElement);
      }
    },
  };
}
