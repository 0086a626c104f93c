/** Batches of a CSV that is too large to keep, read anew in each pass. */
import type { Backend } from "@crease/backend";
import { type ShuffleKey, uniformStream } from "../shuffleKey.ts";
import type { Stage } from "../stages/stage.ts";
import { encodableRows, type RowStream } from "./csvRowStream.ts";
import { type CsvElement, RowStore } from "./rowStore.ts";

/** What a pass yields. */
export interface StreamPart {
  readonly isHeld: boolean;
  readonly batchSize: number;
  /** Rows of the part, where they were counted. */
  readonly size: number | undefined;
  /** Without one, rows come in the order of the file. */
  readonly key: ShuffleKey | undefined;
  /** Bytes of encoded rows to choose the next one from. */
  readonly poolBytes: number;
  readonly backend: Backend | undefined;
}

/** Rows to choose from: enough for a good mix, no more than that takes. */
const fewestRows = 2 ** 10;
const mostRows = 2 ** 16;

/** A stage that holds some encoded rows and one batch, whatever the length of the file. */
export function streamStage(stream: RowStream, part: StreamPart): Stage<CsvElement> {
  const { size, batchSize, key } = part;
  return {
    size: size === undefined ? undefined : Math.ceil(size / batchSize),
    keys: key === undefined ? [] : [key],
    async *iterate(epoch, start) {
      let skipped = 0;
      let batch: RowStore | undefined;
      for await (const { store, at } of orderedRows(stream, part, epoch)) {
        batch ??= new RowStore(store.layout, batchSize);
        batch.copy(batch.add(), store, at);
        if (batch.count < batchSize) continue;
        if (skipped++ >= start) yield batch.tensors(part.backend);
        batch.count = 0;
      }
      if (batch !== undefined && batch.count > 0 && skipped >= start) yield batch.tensors(part.backend);
    },
  };
}

/** A row, valid until the next one is asked for. */
interface Encoded {
  readonly store: RowStore;
  readonly at: number;
}

async function* orderedRows(
  stream: RowStream,
  { isHeld: wanted, key, poolBytes }: StreamPart,
  epoch: number,
): AsyncGenerator<Encoded, void, undefined> {
  const draws = key === undefined ? undefined : uniformStream(key, epoch);
  const draw = (count: number): number => Math.floor((draws?.next().value ?? 0) * count);
  let store: RowStore | undefined;
  let pool = 1;
  for await (const { encoder, rows } of encodableRows(stream)) {
    const { layout } = encoder;
    if (key !== undefined) pool = clamp(Math.floor(poolBytes / RowStore.bytesOf(layout)), fewestRows, mostRows);
    store ??= new RowStore(layout, pool);
    for (const { cells, line, isHeld } of rows) {
      if (isHeld !== wanted) continue;
      const isFull = store.count === pool;
      const at = isFull ? draw(store.count) : store.add();
      if (isFull) yield { store, at };
      encoder.encode(cells, line, store, at);
    }
  }
  while (store !== undefined && store.count > 0) {
    const at = draw(store.count);
    yield { store, at };
    store.copy(at, store, --store.count);
  }
}

function clamp(x: number, least: number, most: number): number {
  return Math.min(Math.max(x, least), most);
}
