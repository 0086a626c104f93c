/** A layered drawing: boxes in rows, arrows downwards, long ones led around what stands between. */
import { orderRows } from "./order.ts";
import { positionsOf } from "./positions.ts";
import { type Arrow, rowsOf } from "./ranks.ts";

/** Width along the rows and depth across them. */
export interface Size {
  readonly width: number;
  readonly depth: number;
}

/** A place in the drawing; `x` along the rows, `y` across them. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The drawing: the middle of each box's first edge, and the places that each arrow goes through. */
export interface Layout extends Size {
  readonly boxes: readonly Point[];
  readonly arrows: readonly (readonly Point[])[];
}

/** Space between neighbours in a row, between arrows that pass side by side, and between rows. */
const gap = 28;
const bendGap = 6;
const rowGap = 40;
/** The room that a long arrow takes in a row that it passes. */
const bendWidth = 8;
/** How much a bend insists on standing straight below the one before, next to a box. */
const bendWeight = 8;

/** How far two arrows between the same boxes, one each way, stand from the middle. */
const twinShift = 9;

/** Lays boxes out; `sizes` are theirs. */
export function layOut(sizes: readonly Size[], arrows: readonly Arrow[]): Layout {
  const isAnswered = (a: number, b: number): boolean => arrows.some(([from, to]) => from === b && to === a);
  const rowOf = [...rowsOf(sizes.length, arrows)];
  const first = Math.min(...rowOf, 0);
  const rows: number[][] = Array.from({ length: Math.max(...rowOf, 0) - first + 1 }, () => []);
  const widths = sizes.map(({ width }) => width);
  const weights = sizes.map(() => 1);
  const before: number[][] = sizes.map(() => []);
  const after: number[][] = sizes.map(() => []);
  sizes.forEach((_, box) => {
    rows[(rowOf[box] as number) - first]?.push(box);
  });
  const link = (from: number, to: number): void => {
    after[from]?.push(to);
    before[to]?.push(from);
  };
  // The items that an arrow goes through, downwards: a bend in each row that it passes.
  const ways = arrows.map(([from, to]) => {
    const [upper, lower] = (rowOf[from] as number) <= (rowOf[to] as number) ? [from, to] : [to, from];
    const way = [upper];
    for (let row = (rowOf[upper] as number) + 1; row < (rowOf[lower] as number); row++) {
      const bend = widths.length;
      widths.push(bendWidth);
      weights.push(bendWeight);
      before.push([]);
      after.push([]);
      rows[row - first]?.push(bend);
      link(way.at(-1) as number, bend);
      way.push(bend);
    }
    if (upper !== lower) link(way.at(-1) as number, lower);
    way.push(lower);
    return way;
  });
  const neighbours = { before, after };
  const ordered = orderRows(rows, neighbours);
  const isBend = (item: number): boolean => item >= sizes.length;
  const places = positionsOf(ordered, neighbours, weights, (a, b) => {
    const room = isBend(a) && isBend(b) ? bendGap : gap;
    return ((widths[a] as number) + (widths[b] as number)) / 2 + room;
  });
  const left = Math.min(...places.map((x, i) => x - (widths[i] as number) / 2));
  const xs = places.map((x) => x - left);
  const depths = ordered.map((row) => Math.max(0, ...row.map((item) => sizes[item]?.depth ?? 0)));
  const tops: number[] = [];
  let y = 0;
  for (const depth of depths) {
    tops.push(y);
    y += depth + rowGap;
  }
  const rowIndex = new Map(ordered.flatMap((row, r) => row.map((item) => [item, r] as const)));
  /** Boxes of a row stand in its middle. */
  const topOf = (item: number): number => {
    const row = rowIndex.get(item) as number;
    return (tops[row] as number) + ((depths[row] as number) - (sizes[item]?.depth ?? 0)) / 2;
  };
  const points = (way: readonly number[]): Point[] =>
    way.flatMap((item, i) => {
      const x = xs[item] as number;
      const row = rowIndex.get(item) as number;
      if (i === 0) return [{ x, y: topOf(item) + (sizes[item]?.depth ?? 0) }];
      if (i === way.length - 1) return [{ x, y: topOf(item) }];
      return [
        { x, y: tops[row] as number },
        { x, y: (tops[row] as number) + (depths[row] as number) },
      ];
    });
  return {
    width: Math.max(0, ...xs.map((x, i) => x + (widths[i] as number) / 2)),
    depth: Math.max(0, y - rowGap),
    boxes: sizes.map((_, box) => ({ x: xs[box] as number, y: topOf(box) })),
    arrows: ways.map((way, i) => {
      const [from, to] = arrows[i] as Arrow;
      const shift = isAnswered(from, to) ? (from < to ? -twinShift : twinShift) : 0;
      const moved = points(way).map(({ x, y }) => ({ x: x + shift, y }));
      return way[0] === from ? moved : moved.reverse();
    }),
  };
}
