/** The key of one shuffle, and the orders that follow from it. */
import { ValueError } from "@crease/backend";
import { getRandomState, permutation, setRandomState } from "@crease/tensor";

/** What decides a shuffle's orders; `seed` is written when a stored state is restored. */
export interface ShuffleKey {
  /** A whole number below 2^32. */
  seed: number;
  /** Whether each pass has an order of its own. */
  readonly reshuffles: boolean;
}

/** Seeds end here, so that the pass number has the upper word of the Philox key to itself. */
const seedEnd = 2 ** 32;
/** Seeds of `tensor` are below 2^53, which leaves 21 bits for the pass; orders repeat after two million passes. */
const passEnd = 2 ** 21;

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
  if (!Number.isInteger(seed) || seed < 0 || seed >= seedEnd)
    throw new ValueError({
      op: "Dataset.shuffle",
      problem: `seed ${seed} is no whole number from 0 to 2^32 - 1`,
      fix: "Use a whole number such as 42",
    });
  return seed;
}

/** The Philox key of one pass: the seed and the number of the pass. */
export function passKey(key: ShuffleKey, epoch: number): readonly [number, number] {
  return [key.seed, key.reshuffles ? epoch % passEnd : 0];
}

/** The numbers 0 to `size - 1` in the order of one pass. */
export async function orderOf(key: ShuffleKey, epoch: number, size: number): Promise<ArrayLike<number>> {
  const [low, high] = passKey(key, epoch);
  const order = permutation(size, { seed: low + high * seedEnd });
  try {
    return (await order.data()) as Int32Array;
  } finally {
    order.dispose();
  }
}

/** Takes one place of the context's random stream; MurmurHash3's finalizer spreads key and position over 32 bits. */
function drawSeed(): number {
  const { key, position } = getRandomState();
  setRandomState({ key, position: position + 1 });
  let hash = 0;
  for (const word of [key[0], key[1], position >>> 0]) {
    hash = (hash ^ word) + 0x9e3779b9;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}
