/** Which rows of a file are held back for validation, known while it is read. */
import { requireNumber } from "@crease/backend";
import { checkSeed, uniformStream } from "./shuffleKey.ts";

/**
 * Tells for row 0, 1, 2, ... in turn whether it is held back: one at random out of each `1 / split` rows, so that the
 * part is right to one row whatever the length, and a file in order gives both parts of each stretch.
 *
 * @throws ValueError for a split outside [0, 1).
 */
export function validationRows(op: string, split: number, seed: number): () => boolean {
  requireNumber(op, "validationSplit", split, { min: 0, below: 1 });
  if (split === 0) return () => false;
  // A stream of its own: passes of shuffles are counted from 0 on.
  const draws = uniformStream({ seed: checkSeed(seed), reshuffles: true }, 2 ** 32 - 1);
  let stretch = 0;
  let row = -1;
  const next = (): number => Math.floor((stretch++ + draws.next().value) / split);
  let held = next();
  return () => {
    row++;
    // Where two stretches chose one row, the next row is held in its place.
    if (row < held) return false;
    held = next();
    return true;
  };
}
