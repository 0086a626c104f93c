/** Puts items that follow each other without a branch below each other, as far as their rows leave room. */
import type { Neighbours } from "./order.ts";
import type { Distance } from "./positions.ts";

/** Rounds until positions settle. */
const rounds = 24;

/** A way without branches, and the items around it that it should stand in the middle of. */
interface Chain {
  readonly items: readonly number[];
  readonly ends: readonly number[];
}

/** Changes positions so that chains are straight, keeping order and distances in each row. */
export function straighten(
  rows: readonly (readonly number[])[],
  neighbours: Neighbours,
  positions: number[],
  distance: Distance,
): void {
  const left = new Map(rows.flatMap((row) => row.slice(1).map((item, i) => [item, row[i] as number] as const)));
  const right = new Map([...left].map(([item, other]) => [other, item] as const));
  const chains = chainsOf(rows, neighbours);
  const place = ({ items }: Chain, x: number): void => {
    for (const item of items) positions[item] = x;
  };
  const roomOf = ({ items }: Chain): readonly [least: number, most: number] =>
    items.reduce<readonly [number, number]>(
      ([low, high], item) => {
        const [before, after] = [left.get(item), right.get(item)];
        return [
          before === undefined ? low : Math.max(low, (positions[before] as number) + distance(before, item)),
          after === undefined ? high : Math.min(high, (positions[after] as number) - distance(item, after)),
        ];
      },
      [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    );
  /** Moves what stands too far left, and what that pushes in turn; false where chains block each other. */
  const pushRight = (): boolean => {
    for (let pass = 0; pass < chains.length; pass++) {
      let isSettled = true;
      for (const chain of chains) {
        const [least] = roomOf(chain);
        if (chain.items.every((item) => (positions[item] as number) >= least)) continue;
        place(chain, least);
        isSettled = false;
      }
      if (isSettled) return true;
    }
    return false;
  };
  for (let round = 0; round < rounds; round++)
    for (const chain of round % 2 === 0 ? chains : [...chains].reverse()) {
      const [least, most] = roomOf(chain);
      if (least <= most) {
        const wanted = middleOf(
          (chain.ends.length > 0 ? chain.ends : chain.items).map((item) => positions[item] as number),
        );
        place(chain, Math.min(Math.max(wanted, least), most));
        continue;
      }
      const before = [...positions];
      place(chain, least);
      if (!pushRight()) for (const [item, x] of before.entries()) positions[item] = x;
    }
}

/** The mean. */
export function middleOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function chainsOf(rows: readonly (readonly number[])[], { before, after }: Neighbours): readonly Chain[] {
  const next = (item: number): number | undefined => {
    const [only, ...more] = after[item] as readonly number[];
    return only !== undefined && more.length === 0 && before[only]?.length === 1 ? only : undefined;
  };
  const isInside = new Set(rows.flat().map(next));
  return rows.flat().flatMap((first) => {
    if (isInside.has(first)) return [];
    const items = [first];
    for (let item = next(first); item !== undefined; item = next(item)) items.push(item);
    const ends = [...(before[first] as readonly number[]), ...(after[items.at(-1) as number] as readonly number[])];
    return [{ items, ends }];
  });
}
