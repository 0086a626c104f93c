/** The key of one shuffle, and the orders that follow from it: made here, so they are the same on every backend. */
import { philox, ValueError } from "@crease/backend";
import { getRandomState, setRandomState } from "@crease/tensor";

/** What decides a shuffle's orders; `seed` is written when a stored state is restored. */
export interface ShuffleKey {
  /** A whole number below 2^32. */
  seed: number;
  /** Whether each pass has an order of its own. */
  readonly reshuffles: boolean;
}

/**
 * A key with the seed given, else with one drawn from the context's random stream.
 *
 * @throws ValueError for a seed that is no whole number from 0 to 2^32 - 1.
 */
export function shuffleKey(seed: number | undefined, reshuffles: boolean): ShuffleKey {
  return { seed: checkSeed(seed ?? drawSeed()), reshuffles };
}

/** Returns the seed where it is a whole number from 0 to 2^32 - 1, else raises ValueError. */
export function checkSeed(seed: number): number {
  if (seed >>> 0 !== seed)
    throw new ValueError({
      op: "Dataset.shuffle",
      problem: `seed ${seed} is no whole number from 0 to 2^32 - 1`,
      fix: "Use a whole number such as 42",
    });
  return seed;
}

/** The next seed of the context's random stream. */
function drawSeed(): number {
  const { key, position } = getRandomState();
  setRandomState({ key, position: position + 1 });
  return (philox(key, position, 1)[0] as number) >>> 0;
}

function streamKey({ seed, reshuffles }: ShuffleKey, epoch: number): readonly [number, number] {
  return [seed, reshuffles ? epoch : 0];
}

/** Numbers in [0, 1) with 32 random bits each, without end: the Philox stream whose key is seed and pass. */
export function* uniformStream(key: ShuffleKey, epoch: number): Generator<number, never, undefined> {
  const blocks = 256;
  for (let counter = 0; ; counter += blocks)
    for (const word of philox(streamKey(key, epoch), counter, 4 * blocks)) yield (word >>> 0) / 2 ** 32;
}

/** The numbers 0 to `size - 1` in the order of one pass (Fisher and Yates's shuffle). */
export function orderOf(key: ShuffleKey, epoch: number, size: number): Int32Array {
  const order = new Int32Array(size);
  for (let i = 0; i < size; i++) order[i] = i;
  // The first numbers of `uniformStream`, all at once.
  const words = philox(streamKey(key, epoch), 0, Math.max(0, size - 1));
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor((((words[size - 1 - i] as number) >>> 0) / 2 ** 32) * (i + 1));
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
}
