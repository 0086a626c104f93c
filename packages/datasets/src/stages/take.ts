/** The first elements of a stage. */
import type { Element } from "../element.ts";
import { isRowsStage, rowsStage } from "./rows.ts";
import { windowOf } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** A stage that ends after `count` elements, without asking for one more. */
export function takeStage<T extends Element>(source: Stage<T>, count: number): Stage<T> {
  if (isRowsStage(source)) {
    const { selection } = source.rows;
    return rowsStage({ ...source.rows, selection: windowOf(selection, 0, Math.min(count, selection.size)) });
  }
  return {
    size: source.size === undefined ? undefined : Math.min(source.size, count),
    keys: source.keys,
    async *iterate(epoch, start) {
      let left = count - start;
      if (left <= 0) return;
      for await (const element of source.iterate(epoch, start)) {
        yield element;
        if (--left === 0) return;
      }
    },
  };
}
