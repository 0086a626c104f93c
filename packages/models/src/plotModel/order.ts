/** The order within the rows of a layered drawing: few crossings, by sweeps that put each item at the middle of its neighbours. */

/** Neighbours of each item in the row before and after. */
export interface Neighbours {
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** Sweeps down and up; more change nothing in drawings of the size of models. */
const sweeps = 12;

/** The rows in the order with the fewest crossings that was met. Sugiyama, Tagawa and Toda (1981), barycentre method. */
export function orderRows(
  rows: readonly (readonly number[])[],
  neighbours: Neighbours,
): readonly (readonly number[])[] {
  let best = rows;
  let fewest = crossings(best, neighbours);
  let now = rows.map((row) => [...row]);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const isDown = sweep % 2 === 0;
    const links = isDown ? neighbours.before : neighbours.after;
    const place = placesOf(now);
    const walk = isDown ? now : [...now].reverse();
    for (const row of walk) {
      const middle = new Map(
        row.map((item) => {
          const near = (links[item] as readonly number[]).map((other) => place.get(other) as number);
          return [
            item,
            near.length === 0 ? (place.get(item) as number) : near.reduce((sum, x) => sum + x, 0) / near.length,
          ];
        }),
      );
      row.sort((a, b) => (middle.get(a) as number) - (middle.get(b) as number));
      row.forEach((item, i) => {
        place.set(item, share(i, row.length));
      });
    }
    const count = crossings(now, neighbours);
    if (count >= fewest) continue;
    fewest = count;
    best = now;
    now = now.map((row) => [...row]);
  }
  return best;
}

/** Places as shares of the row, so that rows of different length compare. */
function placesOf(rows: readonly (readonly number[])[]): Map<number, number> {
  return new Map(rows.flatMap((row) => row.map((item, i) => [item, share(i, row.length)] as const)));
}

function share(i: number, count: number): number {
  return (i + 0.5) / count;
}

function crossings(rows: readonly (readonly number[])[], { after }: Neighbours): number {
  let count = 0;
  for (const [r, row] of rows.entries()) {
    const place = new Map((rows[r + 1] ?? []).map((item, i) => [item, i]));
    const ends = row.flatMap((item) =>
      (after[item] as readonly number[]).map((other) => place.get(other) as number).sort((a, b) => a - b),
    );
    for (let i = 0; i < ends.length; i++)
      for (let j = i + 1; j < ends.length; j++) if ((ends[i] as number) > (ends[j] as number)) count++;
  }
  return count;
}
