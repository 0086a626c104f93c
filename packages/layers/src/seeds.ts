/** The random stream of one layer. */
import { requireInteger, ValueError } from "@crease/backend";

/** @throws ValueError for a seed that is no whole number of at least 0; null is none. */
export function requireSeed(op: string, seed: unknown): void {
  if (seed !== null) requireInteger(op, "seed", seed, { min: 0 });
}

/**
 * The seeds of a layer's calls, one after the other; without a seed of the layer's own they are left to the context's
 * stream. The call's number joins the high word of the seed, so streams of different seeds stay apart.
 * Kept in a public field of a layer, its position goes into checkpoints (Keras 3 `SeedGenerator`).
 *
 * @example
 * ```ts
 * import { Seeds } from "@crease/layers";
 * import { randomUniform } from "@crease/tensor";
 * const seeds = new Seeds(7);
 * const first = randomUniform([2], seeds.next()).toString();
 * seeds.calls; // => 1
 * seeds.calls = 0;
 * randomUniform([2], seeds.next()).toString() === first; // => true
 * ```
 */
export class Seeds {
  readonly #seed: number | null;
  #calls = 0;

  constructor(seed: number | null) {
    this.#seed = seed;
  }

  /** How many calls have been given a seed. */
  get calls(): number {
    return this.#calls;
  }

  /** @throws ValueError for what is no whole number of 0 or more. */
  set calls(calls: number) {
    if (!Number.isSafeInteger(calls) || calls < 0)
      throw new ValueError({
        op: "Seeds",
        problem: `${calls} is no number of calls`,
        fix: "Use a whole number of 0 or more",
      });
    this.#calls = calls;
  }

  /** What the next random call gets. */
  next(): { readonly seed?: number } {
    if (this.#seed === null) return {};
    const low = this.#seed % 2 ** 32;
    const high = (Math.floor(this.#seed / 2 ** 32) + this.#calls++) % 2 ** 21;
    return { seed: high * 2 ** 32 + low };
  }
}
