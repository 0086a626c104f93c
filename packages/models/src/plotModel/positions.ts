/** Where the items of a layered drawing stand within their rows: near their neighbours, none over another. */
import type { Neighbours } from "./order.ts";
import { middleOf, straighten } from "./straighten.ts";

/** Sweeps down and up until positions settle. */
const sweeps = 24;

/** How far the middles of two items that stand side by side must be apart. */
export type Distance = (left: number, right: number) => number;

/**
 * The middle of each item along its row. Each sweep moves the items of a row as near as possible to the middle of their
 * neighbours in the row before (then after): with the least sum of squares that keeps order and distances.
 *
 * @param weights How much an item insists on its place: the bends of long arrows do most, so that these are straight.
 */
export function positionsOf(
  rows: readonly (readonly number[])[],
  neighbours: Neighbours,
  weights: readonly number[],
  distance: Distance,
): readonly number[] {
  const positions = weights.map(() => 0);
  for (const row of rows)
    spread(
      row,
      row.map(() => 0),
      positions,
      weights,
      distance,
    );
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? rows : [...rows].reverse()) {
      const wanted = row.map((item) => {
        const [one, other] = isDown ? [neighbours.before, neighbours.after] : [neighbours.after, neighbours.before];
        const near = (one[item] as readonly number[]).length > 0 ? one[item] : other[item];
        const places = (near as readonly number[]).map((n) => positions[n] as number);
        return places.length === 0 ? (positions[item] as number) : middleOf(places);
      });
      spread(row, wanted, positions, weights, distance);
    }
  }
  straighten(rows, neighbours, positions, distance);
  return positions;
}

/** A run of items that touch: they stand at `sum / weight`, each behind its own offset. */
interface Block {
  readonly sum: number;
  readonly weight: number;
  readonly count: number;
}

/** Pool-adjacent-violators: with the offsets of a gapless row taken away, positions must only not decrease. */
function spread(
  row: readonly number[],
  wanted: readonly number[],
  positions: number[],
  weights: readonly number[],
  distance: Distance,
): void {
  const offsets: number[] = [];
  let offset = 0;
  row.forEach((item, i) => {
    const before = row[i - 1];
    if (before !== undefined) offset += distance(before, item);
    offsets.push(offset);
  });
  const blocks: Block[] = [];
  row.forEach((item, i) => {
    const weight = weights[item] as number;
    let block: Block = { sum: weight * ((wanted[i] as number) - (offsets[i] as number)), weight, count: 1 };
    for (
      let last = blocks.at(-1);
      last !== undefined && last.sum / last.weight > block.sum / block.weight;
      last = blocks.at(-1)
    ) {
      block = { sum: block.sum + last.sum, weight: block.weight + last.weight, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  let i = 0;
  for (const { sum, weight, count } of blocks)
    for (const end = i + count; i < end; i++) positions[row[i] as number] = sum / weight + (offsets[i] as number);
}
