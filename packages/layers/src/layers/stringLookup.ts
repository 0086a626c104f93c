/** The layer that looks up strings. */
import { type OptionNames, requireObject } from "@crease/backend";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { hasher, requireSalt, type Salt } from "../preprocessing/hashBucket.ts";
import { requireAbsent } from "../requireAbsent.ts";
import { IndexLookup, type IndexLookupOptions } from "./indexLookup.ts";

/** What `StringLookup` takes. */
export interface StringLookupOptions extends IndexLookupOptions<string> {
  /** With several indices for unknown strings: the key of SipHash, used instead of FarmHash64; default none. */
  readonly salt?: Salt | null | undefined;
}

/**
 * The index of each string in a vocabulary, int32, or with `invert` the string of each index. Unknown strings get
 * index 0 (after the mask's), and with several such indices one by their FarmHash64. The vocabulary is given, or
 * learned by `adapt`. It reads indices for `invert`, so that works where the backend reads synchronously.
 * Keras 3 `StringLookup`.
 *
 * @throws ValueError for options out of range or that contradict each other; for a call before there is a vocabulary,
 * and with `numOovIndices` 0 for an unknown string; DTypeError for inputs that are no strings.
 * @example
 * ```ts
 * import { StringLookup } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * const layer = new StringLookup();
 * await layer.adapt(["a", "b", "b"]);
 * layer.getVocabulary(); // => ["[UNK]","b","a"]
 * layer.apply(tensor([["a", "z", "b"]])).toString(); // => [[2 0 1]]
 * ```
 */
export class StringLookup extends IndexLookup<string> {
  static readonly className: string = "StringLookup";
  static readonly ownNames: OptionNames<Omit<StringLookupOptions, keyof LayerOptions>> = {
    maxTokens: true,
    numOovIndices: true,
    maskToken: true,
    oovToken: true,
    vocabulary: true,
    idfWeights: true,
    invert: true,
    outputMode: true,
    padToMaxTokens: true,
    salt: true,
  };
  readonly salt: Salt | null;
  readonly #bucketOf: (text: string, buckets: number) => number;

  constructor(options: StringLookupOptions = {}) {
    requireObject("StringLookup", options);
    super("string", "[UNK]", options);
    const { salt = null } = options;
    requireSalt("StringLookup", salt);
    this.salt = salt;
    this.#bucketOf = hasher(salt);
  }

  protected override bucketOf(token: string): number {
    return this.#bucketOf(token, this.numOovIndices);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), salt: this.salt };
  }

  static override fromConfig(config: Config): StringLookup {
    requireAbsent("StringLookup", "sparse", config.sparse, false);
    requireAbsent("StringLookup", "encoding", config.encoding, "utf-8");
    return new StringLookup(config);
  }
}
