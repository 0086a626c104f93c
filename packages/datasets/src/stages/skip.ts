/** All elements of a stage but the first ones. */
import type { Element } from "../element.ts";
import { isRowsStage, rowsStage } from "./rows.ts";
import { windowOf } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** A stage that begins after `count` elements. */
export function skipStage<T extends Element>(source: Stage<T>, count: number): Stage<T> {
  if (isRowsStage(source)) {
    const { selection } = source.rows;
    const left = Math.max(selection.size - count, 0);
    return rowsStage({ ...source.rows, selection: windowOf(selection, count, left) });
  }
  return {
    size: source.size === undefined ? undefined : Math.max(source.size - count, 0),
    keys: source.keys,
    iterate: (epoch, start) => source.iterate(epoch, start + count),
  };
}
