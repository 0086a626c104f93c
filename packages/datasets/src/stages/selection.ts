/** Which rows of the tensors behind a data set make up each of its elements. */
import { orderOf, type ShuffleKey } from "../shuffleKey.ts";

/** A list of elements, each a list of row numbers, that can be read anywhere without reading what comes before. */
export interface Selection {
  readonly size: number;
  /** For one pass: puts the rows of element `i` at the end of a list. */
  open(epoch: number): (i: number, rows: number[]) => void;
}

/** Each of `size` rows as one element. */
export function everyRow(size: number): Selection {
  return {
    size,
    open: () => (i, rows) => {
      rows.push(i);
    },
  };
}

/** `size` elements from number `start` on. */
export function windowOf(source: Selection, start: number, size: number): Selection {
  return {
    size,
    open: (epoch) => {
      const select = source.open(epoch);
      return (i, rows) => select(start + i, rows);
    },
  };
}

/** The same elements in an order of their own in each pass. */
export function permuted(source: Selection, key: ShuffleKey): Selection {
  return {
    size: source.size,
    open: (epoch) => {
      const select = source.open(epoch);
      const order = orderOf(key, epoch, source.size);
      return (i, rows) => select(order[i] as number, rows);
    },
  };
}

/** Runs of `batchSize` elements as one; the last may be shorter unless `dropRemainder`. */
export function batched(source: Selection, batchSize: number, dropRemainder: boolean): Selection {
  const count = source.size / batchSize;
  return {
    size: dropRemainder ? Math.floor(count) : Math.ceil(count),
    open: (epoch) => {
      const select = source.open(epoch);
      return (i, rows) => {
        const end = Math.min((i + 1) * batchSize, source.size);
        for (let j = i * batchSize; j < end; j++) select(j, rows);
      };
    },
  };
}
