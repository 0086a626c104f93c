/** Which row of a layered drawing each box stands in. */

/** An arrow by the numbers of its boxes. */
export type Arrow = readonly [from: number, to: number];

/**
 * Row numbers from 0: each box below all that point at it, and a box that nothing points at right above the first that
 * it points at. Arrows that would close a circle (a layer that is called again on what came of its first call) count
 * the other way round.
 */
export function rowsOf(count: number, arrows: readonly Arrow[]): readonly number[] {
  const forward = withoutCircles(count, arrows);
  const rows = new Array<number>(count).fill(0);
  const order = sorted(count, forward);
  const after = targetsOf(count, forward);
  for (const from of order)
    for (const to of after[from] as number[]) rows[to] = Math.max(rows[to] as number, (rows[from] as number) + 1);
  const isTarget = new Set(forward.map(([, to]) => to));
  for (let box = 0; box < count; box++) {
    const below = (after[box] as number[]).map((to) => rows[to] as number);
    if (!isTarget.has(box) && below.length > 0) rows[box] = Math.min(...below) - 1;
  }
  return rows;
}

function targetsOf(count: number, arrows: readonly Arrow[]): readonly number[][] {
  const targets = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of arrows) targets[from]?.push(to);
  return targets;
}

/** Depth first, without recursion: an arrow to a box that is still open closes a circle and is turned round. */
function withoutCircles(count: number, arrows: readonly Arrow[]): readonly Arrow[] {
  const targets = targetsOf(count, arrows);
  const state = new Array<"new" | "open" | "done">(count).fill("new");
  const forward: Arrow[] = [];
  for (let start = 0; start < count; start++) {
    if (state[start] !== "new") continue;
    const path = [{ box: start, next: 0 }];
    state[start] = "open";
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = targets[top.box]?.[top.next++];
      if (to === undefined) {
        state[top.box] = "done";
        path.pop();
        continue;
      }
      if (to === top.box) continue;
      forward.push(state[to] === "open" ? [to, top.box] : [top.box, to]);
      if (state[to] !== "new") continue;
      state[to] = "open";
      path.push({ box: to, next: 0 });
    }
  }
  return forward;
}

/** Each box behind all that point at it. */
function sorted(count: number, arrows: readonly Arrow[]): readonly number[] {
  const waiting = new Array<number>(count).fill(0);
  for (const [, to] of arrows) waiting[to] = (waiting[to] as number) + 1;
  const targets = targetsOf(count, arrows);
  const order = waiting.flatMap((n, box) => (n === 0 ? [box] : []));
  for (const box of order)
    for (const to of targets[box] as number[]) {
      waiting[to] = (waiting[to] as number) - 1;
      if (waiting[to] === 0) order.push(to);
    }
  return order;
}
