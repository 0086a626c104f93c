/** The orders in which NumPy's RandomState shuffles, so that data sets are split as Keras splits them. */
import { requireInteger, requireNumber } from "@crease/backend";

const size = 624;

/** The Mersenne Twister MT19937 as `numpy.random.RandomState(seed)` begins it (Matsumoto and Nishimura 1998). */
class MersenneTwister {
  readonly #state: Int32Array = new Int32Array(size);
  #at = size;

  constructor(seed: number) {
    this.#state[0] = seed;
    for (let i = 1; i < size; i++) {
      const before = this.#state[i - 1] as number;
      this.#state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  /** The next 32 bits, as a number from 0 on. */
  next(): number {
    if (this.#at === size) this.#twist();
    let y = this.#state[this.#at++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < size; i++) {
      const y = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % size] as number) & 0x7fffffff);
      state[i] = (state[(i + 397) % size] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }
}

/**
 * A function that gives the numbers 0 to `n - 1` in the order of `rng.shuffle(numpy.arange(n))`, another one at each
 * call, for one `rng = numpy.random.RandomState(seed)`.
 *
 * @throws ValueError for a seed that is no whole number from 0 to 2^32 - 1.
 */
export function numpyShuffle(op: string, seed: number): (n: number) => Int32Array {
  requireInteger(op, "seed", seed, { min: 0, max: 2 ** 32 - 1 });
  const random = new MersenneTwister(seed);
  return (n) => {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let j = (random.next() & mask) >>> 0;
      while (j > i) j = (random.next() & mask) >>> 0;
      const moved = order[i] as number;
      order[i] = order[j] as number;
      order[j] = moved;
    }
    return order;
  };
}

/**
 * The first rows for training and the others for testing, `floor(n * (1 - testSplit))` and the rest, after a shuffle.
 *
 * @throws ValueError for a `testSplit` outside [0, 1), and for a seed that is none.
 */
export function trainTestOrder(
  op: string,
  n: number,
  { testSplit, seed }: { readonly testSplit: number; readonly seed: number },
): [train: Int32Array, test: Int32Array] {
  const order = numpyShuffle(op, seed)(n);
  const count = trainCount(op, n, testSplit);
  return [order.subarray(0, count), order.subarray(count)];
}

/** `floor(n * (1 - testSplit))`. @throws ValueError for a `testSplit` outside [0, 1). */
export function trainCount(op: string, n: number, testSplit: number): number {
  requireNumber(op, "testSplit", testSplit, { min: 0, below: 1 });
  return Math.floor(n * (1 - testSplit));
}
