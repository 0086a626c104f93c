/** Elements in random order. */
import { ValueError } from "@crease/backend";
import { run } from "@crease/tensor";
import { disposeElement, type Element } from "../element.ts";
import { passKey, type ShuffleKey } from "../shuffleKey.ts";
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
    // A later start replays what comes before, since the order depends on it.
    async *iterate(epoch, start) {
      const draws = uniformStream(passKey(key, epoch));
      const buffer: T[] = [];
      let count = 0;
      const draw = async (): Promise<T> => {
        const at = Math.floor(((await draws.next()).value as number) * buffer.length);
        const element = buffer[at] as T;
        buffer[at] = buffer[buffer.length - 1] as T;
        buffer.pop();
        return element;
      };
      try {
        for await (const element of source.iterate(epoch, 0)) {
          buffer.push(element);
          if (buffer.length <= bufferSize) continue;
          const drawn = await draw();
          if (count++ < start) disposeElement(drawn);
          else yield drawn;
        }
        while (buffer.length > 0) {
          const drawn = await draw();
          if (count++ < start) disposeElement(drawn);
          else yield drawn;
        }
      } finally {
        buffer.forEach(disposeElement);
      }
    },
  };
}

/** Numbers in [0, 1) from one key, without end, read a chunk at a time: a Philox block holds four. */
async function* uniformStream(key: readonly [number, number]): AsyncGenerator<number, never, undefined> {
  const blocks = 256;
  for (let counter = 0; ; counter += blocks) {
    const [numbers] = run("randomUniform", [], { key, counter, shape: [4 * blocks] });
    const values = await numbers.data();
    numbers.dispose();
    for (const value of values) yield value as number;
  }
}
