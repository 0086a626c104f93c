/** The random stream of one layer. */

/**
 * The seeds of a layer's calls, one after the other; without a seed of the layer's own they are left to the context's
 * stream. The call's number joins the high word of the seed, so streams of different seeds stay apart.
 */
export class Seeds {
  readonly #seed: number | null;
  #calls = 0;

  constructor(seed: number | null) {
    this.#seed = seed;
  }

  /** What the next random call gets. */
  next(): { readonly seed?: number } {
    if (this.#seed === null) return {};
    const low = this.#seed % 2 ** 32;
    const high = (Math.floor(this.#seed / 2 ** 32) + this.#calls++) % 2 ** 21;
    return { seed: high * 2 ** 32 + low };
  }
}
