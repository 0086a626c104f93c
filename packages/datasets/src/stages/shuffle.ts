/** Elements in random order. */
import { ValueError } from "@crease/backend";
import { disposeElement, type Element } from "../element.ts";
import { type ShuffleKey, uniformStream } from "../shuffleKey.ts";
import { passFrom } from "./passFrom.ts";
import { isRowsStage, rowsStage } from "./rows.ts";
import { permuted } from "./selection.ts";
import type { Stage } from "./stage.ts";

/**
 * A stage that hands out elements in an order decided by `key`. Rows of whole tensors are permuted; of other stages it
 * holds `bufferSize` elements and hands out one of them, drawn uniformly, for each that comes in (as tf.data's `shuffle`).
 *
 * @throws ValueError without `bufferSize` where it is needed.
 */
export function shuffleStage<T extends Element>(
  source: Stage<T>,
  key: ShuffleKey,
  bufferSize: number | undefined,
): Stage<T> {
  const keys = [...source.keys, key];
  if (isRowsStage(source)) return rowsStage({ ...source.rows, selection: permuted(source.rows.selection, key), keys });
  if (bufferSize === undefined)
    throw new ValueError({
      op: "Dataset.shuffle",
      problem: "a data set that is not made of whole tensors needs a bufferSize",
      fix: "Shuffle before `map`, or say how many elements to hold: `shuffle({ bufferSize: 1000 })`",
    });
  return {
    size: source.size,
    keys,
    iterate: (epoch, start) =>
      passFrom(drawFrom(source.iterate(epoch, 0), bufferSize, uniformStream(key, epoch)), start),
  };
}

async function* drawFrom<T extends Element>(
  elements: AsyncIterable<T>,
  bufferSize: number,
  draws: Generator<number, never, undefined>,
): AsyncGenerator<T, void, undefined> {
  const buffer: T[] = [];
  const draw = (): T => {
    const at = Math.floor(draws.next().value * buffer.length);
    const drawn = buffer[at] as T;
    buffer[at] = buffer[buffer.length - 1] as T;
    buffer.pop();
    return drawn;
  };
  try {
    for await (const element of elements) {
      buffer.push(element);
      if (buffer.length === bufferSize) yield draw();
    }
    while (buffer.length > 0) yield draw();
  } finally {
    buffer.forEach(disposeElement);
  }
}
