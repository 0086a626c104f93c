/** The layer that looks up integers. */
import { type OptionNames, requireObject, requireOneOf, ValueError } from "@crease/backend";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { hasher, requireSalt, type Salt } from "../preprocessing/hashBucket.ts";
import { requireAbsent } from "../requireAbsent.ts";
import { IndexLookup, type IndexLookupOptions } from "./indexLookup.ts";

/** What `IntegerLookup` takes. */
export interface IntegerLookupOptions extends IndexLookupOptions<number> {
  /** With several indices for unknown integers: `"floormod"` (default) or `"farmhash"` chooses among them. */
  readonly oovMethod?: "floormod" | "farmhash" | undefined;
  /** For `"farmhash"`: the key of SipHash, used instead of FarmHash64; default none. */
  readonly salt?: Salt | null | undefined;
}

/**
 * The index of each integer in a vocabulary, int32, or with `invert` the integer of each index. Unknown integers get
 * index 0 (after the mask's), and with several such indices the one of their remainder. The vocabulary is given, or
 * learned by `adapt`. It reads its input, so it works where the backend reads synchronously. Keras 3 `IntegerLookup`,
 * for integers of 32 bits.
 *
 * @throws ValueError for options out of range or that contradict each other; for a call before there is a vocabulary,
 * and with `numOovIndices` 0 for an unknown integer; DTypeError for strings.
 * @example
 * ```ts
 * import { IntegerLookup } from "@crease/layers";
 * const layer = new IntegerLookup({ vocabulary: [12, 36, 1138, 42] });
 * layer.apply([[12, 1138, 42], [42, 1000, 36]]).toString(); // => [[1 3 4] [4 0 2]]
 * new IntegerLookup({ vocabulary: [12, 36], invert: true }).apply([[2, 0]]).toString(); // => [[36 -1]]
 * ```
 */
export class IntegerLookup extends IndexLookup<number> {
  static readonly className: string = "IntegerLookup";
  static readonly ownNames: OptionNames<Omit<IntegerLookupOptions, keyof LayerOptions>> = {
    maxTokens: true,
    numOovIndices: true,
    maskToken: true,
    oovToken: true,
    vocabulary: true,
    idfWeights: true,
    invert: true,
    outputMode: true,
    padToMaxTokens: true,
    oovMethod: true,
    salt: true,
  };
  readonly oovMethod: "floormod" | "farmhash";
  readonly salt: Salt | null;
  readonly #bucketOf: (text: string, buckets: number) => number;

  constructor(options: IntegerLookupOptions = {}) {
    requireObject("IntegerLookup", options);
    super("int32", -1, options);
    const { oovMethod = "floormod", salt = null } = options;
    requireOneOf("IntegerLookup", "oovMethod", oovMethod, ["floormod", "farmhash"]);
    requireSalt("IntegerLookup", salt);
    if (salt !== null && oovMethod !== "farmhash")
      throw new ValueError({
        op: "IntegerLookup",
        problem: `salt with oovMethod "${oovMethod}"`,
        fix: 'Use `oovMethod: "farmhash"`',
      });
    this.oovMethod = oovMethod;
    this.salt = salt;
    this.#bucketOf = hasher(salt);
  }

  protected override bucketOf(token: number): number {
    const buckets = this.numOovIndices;
    return this.oovMethod === "farmhash"
      ? this.#bucketOf(String(token), buckets)
      : ((token % buckets) + buckets) % buckets;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), oovMethod: this.oovMethod, salt: this.salt };
  }

  static override fromConfig(config: Config): IntegerLookup {
    requireAbsent("IntegerLookup", "sparse", config.sparse, false);
    return new IntegerLookup(config);
  }
}
