/** The base of layers that look up tokens in a vocabulary. */
import { type DType, DTypeError, requireInteger, requireOneOf, ValueError } from "@crease/backend";
import { getBackend, scope, type Tensor, tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { type AdaptData, type AdaptOptions, adaptBatches, isBatches } from "../preprocessing/adaptBatches.ts";
import { type CategoryMode, categoryModes, encodeCategories, encodedShape } from "../preprocessing/encodeCategories.ts";
import { TokenCounts } from "../preprocessing/tokenCounts.ts";
import {
  averageOf,
  type SpecialTokens,
  specialEntries,
  type Vocabulary,
  vocabularyOf,
  withIndices,
} from "../preprocessing/vocabulary.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What comes out of a lookup: indices, or vectors with a place for each index. */
export type LookupMode = "int" | CategoryMode | "tfIdf";

/** What lookup layers take; tokens are strings or integers. */
export interface IndexLookupOptions<T> extends Omit<LayerOptions, "dtype" | "activityRegularizer"> {
  /** Most entries in the vocabulary, special ones included; default any number. */
  readonly maxTokens?: number | null | undefined;
  /** How many indices unknown tokens share, default 1; with 0 they raise. */
  readonly numOovIndices?: number | undefined;
  /** The token that means nothing: index 0 in mode `"int"`, left out in others; default none. */
  readonly maskToken?: T | null | undefined;
  /** What `invert` gives for indices of unknown tokens. */
  readonly oovToken?: T | undefined;
  /** The tokens, where they need not be learned. */
  readonly vocabulary?: readonly T[] | null | undefined;
  /** For mode `"tfIdf"`: what each token of `vocabulary` weighs. */
  readonly idfWeights?: readonly number[] | null | undefined;
  /** Whether to turn indices into tokens, default false. */
  readonly invert?: boolean | undefined;
  /**
   * Default `"int"`. `"oneHot"`, `"multiHot"` and `"count"` encode the indices as `CategoryEncoding`; `"tfIdf"` is
   * `"count"` times the weights of the tokens.
   */
  readonly outputMode?: LookupMode | undefined;
  /** Whether vectors have `maxTokens` places even where the vocabulary is smaller, default false. */
  readonly padToMaxTokens?: boolean | undefined;
}

/** A layer between tokens and their indices: the mask, if it has one, the unknown tokens, then the vocabulary. */
export abstract class IndexLookup<T extends string | number> extends UnaryLayer {
  readonly maxTokens: number | null;
  readonly numOovIndices: number;
  readonly maskToken: T | null;
  readonly oovToken: T;
  readonly invert: boolean;
  readonly outputMode: LookupMode;
  readonly padToMaxTokens: boolean;
  #vocabulary: Vocabulary<T> | null = null;
  readonly #tokenDType: "string" | "int32";
  readonly #isGiven: boolean;

  constructor(tokenDType: "string" | "int32", oovToken: T, options: IndexLookupOptions<T>) {
    const { maxTokens = null, numOovIndices = 1, invert = false, padToMaxTokens = false } = options;
    const { outputMode = "int", vocabulary = null, idfWeights = null } = options;
    super({ ...options, dtype: invert ? "int32" : tokenDType });
    const op = this.className;
    if (maxTokens !== null) requireInteger(op, "maxTokens", maxTokens, { min: 2 });
    requireInteger(op, "numOovIndices", numOovIndices, { min: 0 });
    requireOneOf(op, "outputMode", outputMode, ["int", ...categoryModes, "tfIdf"]);
    const refuse = (problem: string, fix: string): void => {
      throw new ValueError({ op, problem, fix });
    };
    if (padToMaxTokens && maxTokens === null) refuse("padToMaxTokens without maxTokens", "Give `maxTokens`");
    if (invert && outputMode !== "int") refuse(`invert with mode "${outputMode}"`, 'Use `outputMode: "int"`');
    if (outputMode !== "tfIdf" && idfWeights !== null) refuse(`idfWeights in mode "${outputMode}"`, 'Use "tfIdf"');
    if (idfWeights !== null && vocabulary === null) refuse("idfWeights without vocabulary", "Give `vocabulary`");
    this.maxTokens = maxTokens;
    this.numOovIndices = numOovIndices;
    this.maskToken = options.maskToken ?? null;
    this.oovToken = options.oovToken ?? oovToken;
    this.invert = invert;
    this.outputMode = outputMode;
    this.padToMaxTokens = padToMaxTokens;
    this.#tokenDType = tokenDType;
    this.#isGiven = vocabulary !== null;
    if (vocabulary !== null) this.setVocabulary(vocabulary, idfWeights);
  }

  /** Which of the `numOovIndices` indices an unknown token gets. */
  protected abstract bucketOf(token: T): number;

  get #special(): SpecialTokens<T> {
    const { maskToken, oovToken, numOovIndices, outputMode } = this;
    return { maskToken, oovToken, numOovIndices, isMaskIndexed: outputMode === "int" };
  }

  /** The entries by index, special ones included unless said; before there is a vocabulary, only those. */
  getVocabulary({ includeSpecialTokens = true }: { readonly includeSpecialTokens?: boolean } = {}): T[] {
    const tokens = this.#vocabulary?.tokens ?? [];
    return includeSpecialTokens ? [...specialEntries(this.#special), ...tokens] : [...tokens];
  }

  /** Number of entries, special ones included. */
  vocabularySize(): number {
    return specialEntries(this.#special).length + (this.#vocabulary?.tokens.length ?? 0);
  }

  /**
   * Sets the vocabulary, with all special entries at its start or none, and in mode `"tfIdf"` what each token weighs.
   *
   * @throws ValueError for tokens that are none, repeated, reserved or too many, and for weights that are not one for each.
   */
  setVocabulary(vocabulary: readonly T[], idfWeights: readonly number[] | null = null): void {
    const op = `${this.className}.setVocabulary`;
    if ((this.outputMode === "tfIdf") !== (idfWeights !== null))
      throw new ValueError({
        op,
        problem: `mode "${this.outputMode}" ${idfWeights === null ? "needs" : "takes no"} idfWeights`,
        fix: 'Give a weight for each token in mode "tfIdf", and in no other',
      });
    const kind = this.#tokenDType === "string" ? "string" : "number";
    const odd = Array.isArray(vocabulary) ? vocabulary.find((token) => typeof token !== kind) : undefined;
    if (odd !== undefined)
      throw new ValueError({ op, problem: `the token ${JSON.stringify(odd)} is no ${kind}`, fix: `Use ${kind}s` });
    const options = { idfWeights, isInverted: this.invert };
    const next = vocabularyOf(op, vocabulary, this.#special, options);
    const size = specialEntries(this.#special).length + next.tokens.length;
    if (this.maxTokens !== null && size > this.maxTokens)
      throw new ValueError({
        op,
        problem: `the vocabulary has ${size} entries, special ones included, and maxTokens is ${this.maxTokens}`,
        fix: "Give fewer tokens, or raise `maxTokens`",
      });
    this.#vocabulary = next;
  }

  /**
   * Learns the vocabulary: tokens by how often they occur, of equally frequent ones the greater first, at most
   * `maxTokens` with the special ones. For tf-idf a row is a document, also each entry of a vector that is given whole,
   * and a token weighs `log(1 + documents / (1 + documents with it))`. Data seen before are forgotten.
   *
   * @throws ValueError where a vocabulary was given at construction, and for data without tokens.
   */
  async adapt(data: AdaptData, options: AdaptOptions = {}): Promise<void> {
    const op = `${this.className}.adapt`;
    if (this.#isGiven)
      throw new ValueError({ op, problem: "a vocabulary was given at construction", fix: "Make a layer without one" });
    const counts = new TokenCounts<T>();
    const areBatches = isBatches(data);
    for await (const x of adaptBatches(op, data, { ...options, dtype: this.#tokenDType })) {
      this.#requireTokens(op, x);
      const tokens = Array.from((await x.data()) as ArrayLike<unknown> as ArrayLike<T>);
      const documents = x.ndim > 1 || !areBatches ? (x.shape[0] ?? 1) : 1;
      const length = tokens.length / documents;
      for (let i = 0; i < documents; i++) counts.add(tokens.slice(i * length, (i + 1) * length));
    }
    this.#vocabulary = this.#learned(op, counts);
  }

  #learned(op: string, counts: TokenCounts<T>): Vocabulary<T> {
    const start = specialEntries(this.#special).length;
    const tokens = counts
      .ranked()
      .filter((token) => token !== this.maskToken && token !== this.oovToken)
      .slice(0, this.maxTokens === null ? undefined : Math.max(this.maxTokens - start, 0));
    if (tokens.length === 0)
      throw new ValueError({ op, problem: "the data have no tokens", fix: "Give at least one token" });
    if (this.outputMode !== "tfIdf") return withIndices(tokens, start, null);
    const weights = tokens.map((token) => counts.inverseDocumentFrequency(token));
    return withIndices(tokens, start, [...new Array<number>(start).fill(averageOf(weights)), ...weights]);
  }

  #requireTokens(op: string, x: Tensor): void {
    if ((x.dtype === "string") !== (this.#tokenDType === "string"))
      throw new DTypeError({
        op,
        problem: `it takes ${this.#tokenDType === "string" ? "strings" : "integers"}`,
        got: [x],
        fix: this.#tokenDType === "string" ? "Use `IntegerLookup` for integers" : "Use `StringLookup` for strings",
      });
  }

  override call(x: Tensor): Tensor {
    if (this.#vocabulary === null)
      throw new ValueError({
        op: this.className,
        problem: "there is no vocabulary yet",
        fix: "Call `await layer.adapt(data)`, or give `vocabulary`",
      });
    if (this.invert) return this.#tokensOf(x, this.#vocabulary);
    this.#requireTokens(this.className, x);
    const values = Array.from(x.dataSync() as ArrayLike<unknown> as ArrayLike<T>, (value) =>
      typeof value === "number" ? (Math.trunc(value) as T) : value,
    );
    const indices = Int32Array.from(values, (token, i) => this.#indexOf(token, i, this.#vocabulary as Vocabulary<T>));
    const backend = x.dtype === "string" ? getBackend() : x.backend;
    return scope(() => {
      const index = tensor(indices, { shape: x.shape, backend });
      const { outputMode: mode } = this;
      if (mode === "int") return index;
      const depth = this.#depth as number;
      const isWeighted = mode === "tfIdf";
      const y = encodeCategories(index, { mode: isWeighted ? "count" : mode, depth, dtype: "float32" });
      if (!isWeighted) return y;
      const weights = new Float32Array(depth);
      weights.set(this.#vocabulary?.idfWeights ?? []);
      return y.mul(tensor(weights, { backend }));
    });
  }

  #indexOf(token: T, position: number, { indexOf }: Vocabulary<T>): number {
    const isInt = this.outputMode === "int";
    // -1 counts nowhere.
    if (token === this.maskToken) return isInt ? 0 : -1;
    const known = indexOf.get(token);
    if (known !== undefined) return known;
    if (this.numOovIndices === 0)
      throw new ValueError({
        op: this.className,
        problem: `${JSON.stringify(token)} at position ${position} is not in the vocabulary`,
        fix: "Set `numOovIndices` to 1, which gives unknown tokens an index",
      });
    const start = isInt && this.maskToken !== null ? 1 : 0;
    return start + (this.numOovIndices === 1 ? 0 : this.bucketOf(token));
  }

  #tokensOf(x: Tensor, { tokens }: Vocabulary<T>): Tensor {
    const start = specialEntries(this.#special).length;
    const found = Array.from(x.dataSync() as ArrayLike<number>, (index) =>
      index === 0 && this.maskToken !== null ? this.maskToken : (tokens[index - start] ?? this.oovToken),
    );
    const place = this.#tokenDType === "string" ? {} : { backend: x.backend };
    return tensor(found, { shape: x.shape, dtype: this.#tokenDType, ...place });
  }

  get #depth(): number | null {
    if (this.padToMaxTokens) return this.maxTokens;
    return this.#vocabulary === null ? null : this.vocabularySize();
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    if (this.outputMode === "int") return inputShape;
    return encodedShape(inputShape, this.outputMode === "tfIdf" ? "count" : this.outputMode, this.#depth);
  }

  override computeOutputDType(_inputDType: DType): DType {
    if (this.invert) return this.#tokenDType;
    return this.outputMode === "int" ? "int32" : "float32";
  }

  override getConfig(): Config {
    const { name, trainable, invert, maxTokens, numOovIndices, oovToken, maskToken, outputMode, padToMaxTokens } = this;
    // Weights may be those of special tokens too, so these stand beside them.
    const includeSpecialTokens = outputMode === "tfIdf";
    const vocabulary = this.#vocabulary && this.getVocabulary({ includeSpecialTokens });
    const idfWeights = this.#vocabulary?.idfWeights ?? null;
    const options = { invert, maxTokens, numOovIndices, oovToken, maskToken, outputMode, padToMaxTokens };
    return { name, trainable, ...options, vocabulary, idfWeights };
  }
}
