/** The layer that turns texts into indices of tokens, or into vectors that count them. */
import {
  type DType,
  DTypeError,
  type OptionNames,
  requireInteger,
  requireObject,
  requireOneOf,
  ShapeError,
  sizeOf,
  ValueError,
} from "@crease/backend";
import { scope, type Tensor, tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { type AdaptData, type AdaptOptions, adaptBatches, isBatches } from "../preprocessing/adaptBatches.ts";
import {
  ngramsOf,
  type Split,
  type Standardize,
  splitNames,
  splitText,
  standardized,
  standardizeNames,
} from "../preprocessing/tokenize.ts";
import { requireAbsent } from "../requireAbsent.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";
import type { IndexLookupOptions } from "./indexLookup.ts";
import { StringLookup } from "./stringLookup.ts";

/** What comes out: indices of tokens, or vectors with a place for each token. */
export type TextMode = "int" | "multiHot" | "count" | "tfIdf";

/** What `TextVectorization` takes. */
export interface TextVectorizationOptions
  extends Pick<
    IndexLookupOptions<string>,
    "name" | "trainable" | "maxTokens" | "padToMaxTokens" | "vocabulary" | "idfWeights"
  > {
  /** Default `"lowerAndStripPunctuation"`, for ASCII; null leaves texts as they are. A function is not saved. */
  readonly standardize?: Standardize | null | undefined;
  /** Default `"whitespace"`; null takes each string as one token. A function is not saved. */
  readonly split?: Split | null | undefined;
  /** Also runs of tokens as tokens: up to that many, or of these widths; default none. */
  readonly ngrams?: number | readonly number[] | null | undefined;
  /** Default `"int"`: an index for each token, 0 after the end. The others give a vector for each text. */
  readonly outputMode?: TextMode | undefined;
  /** In mode `"int"`: to how many tokens texts are cut or filled; default that of the longest. */
  readonly outputSequenceLength?: number | null | undefined;
}

/**
 * Texts of shape `[n]` or `[n, 1]` as `[n, tokens]` indices, int32: 0 is padding, 1 stands for unknown tokens. Texts
 * are standardized, split, joined to n-grams and looked up in a vocabulary that is given, or learned by `adapt`.
 * Keras 3 `TextVectorization`, dense.
 *
 * @throws ValueError for options out of range or that contradict each other, and for a call before there is a
 * vocabulary; DTypeError for inputs that are no strings; ShapeError for several texts a row.
 * @example
 * ```ts
 * import { TextVectorization } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * const layer = new TextVectorization({ outputSequenceLength: 4 });
 * await layer.adapt(["foo bar", "bar baz", "baz bada boom"]);
 * layer.getVocabulary().slice(0, 4); // => ["","[UNK]","baz","bar"]
 * layer.apply(tensor(["Foo qux, bar!", "qux baz"])).toString(); // => [[4 1 3 0] [1 2 0 0]]
 * ```
 */
export class TextVectorization extends UnaryLayer {
  static readonly className: string = "TextVectorization";
  static readonly ownNames: OptionNames<Omit<TextVectorizationOptions, keyof LayerOptions>> = {
    maxTokens: true,
    vocabulary: true,
    idfWeights: true,
    padToMaxTokens: true,
    standardize: true,
    split: true,
    ngrams: true,
    outputMode: true,
    outputSequenceLength: true,
  };
  readonly standardize: Standardize | null;
  readonly split: Split | null;
  readonly ngrams: number | readonly number[] | null;
  readonly outputMode: TextMode;
  readonly outputSequenceLength: number | null;
  readonly #lookup: StringLookup;

  constructor(options: TextVectorizationOptions = {}) {
    requireObject("TextVectorization", options);
    const { outputMode = "int", ngrams = null, outputSequenceLength = null } = options;
    super({ ...options, dtype: "string" });
    const op = "TextVectorization";
    const { standardize = "lowerAndStripPunctuation", split = "whitespace" } = options;
    requireOneOf(op, "outputMode", outputMode, ["int", "multiHot", "count", "tfIdf"]);
    if (standardize !== null && typeof standardize !== "function")
      requireOneOf(op, "standardize", standardize, standardizeNames);
    if (split !== null && typeof split !== "function") requireOneOf(op, "split", split, splitNames);
    for (const width of [ngrams ?? []].flat()) requireInteger(op, "ngrams", width, { min: 1 });
    if (outputSequenceLength !== null) {
      requireInteger(op, "outputSequenceLength", outputSequenceLength, { min: 1 });
      if (outputMode !== "int")
        throw new ValueError({
          op,
          problem: `outputSequenceLength in mode "${outputMode}"`,
          fix: 'Use `outputMode: "int"`',
        });
    }
    this.standardize = standardize;
    this.split = split;
    this.ngrams = ngrams;
    this.outputMode = outputMode;
    this.outputSequenceLength = outputSequenceLength;
    const { maxTokens, padToMaxTokens, vocabulary, idfWeights } = options;
    const lookup = { maxTokens, padToMaxTokens, vocabulary, idfWeights };
    this.#lookup = new StringLookup({ ...lookup, outputMode, maskToken: "" });
  }

  /** The tokens by index, with padding (in mode `"int"`) and `[UNK]` at the start unless said otherwise. */
  getVocabulary(options: { readonly includeSpecialTokens?: boolean } = {}): string[] {
    return this.#lookup.getVocabulary(options);
  }

  /** Number of tokens, padding and `[UNK]` included. */
  vocabularySize(): number {
    return this.#lookup.vocabularySize();
  }

  /** As `StringLookup.setVocabulary`. */
  setVocabulary(vocabulary: readonly string[], idfWeights: readonly number[] | null = null): void {
    this.#lookup.setVocabulary(vocabulary, idfWeights);
  }

  /**
   * Learns the vocabulary from the tokens of texts, as `StringLookup.adapt`; each text is a document.
   *
   * @throws ValueError where a vocabulary was given at construction, and for data without tokens.
   */
  async adapt(data: AdaptData, options: AdaptOptions = {}): Promise<void> {
    const areSingle = !isBatches(data);
    const tokens = async function* (layer: TextVectorization): AsyncGenerator<Tensor> {
      for await (const x of adaptBatches("TextVectorization.adapt", data, { ...options, dtype: "string" })) {
        // Strings that are not split are single tokens, and each a document where they are given whole.
        const texts = areSingle && x.ndim === 1 ? x.expandDims(-1) : x.reshape(x.shape);
        try {
          yield layer.#tokensOf(texts, null);
        } finally {
          texts.dispose();
        }
      }
    };
    await this.#lookup.adapt(tokens(this));
  }

  override call(x: Tensor): Tensor {
    return scope(() => this.#lookup.apply(this.#tokensOf(x, this.outputSequenceLength)));
  }

  /** The tokens of each text in a last axis of the given length, or of that of the longest, with "" after the end. */
  #tokensOf(x: Tensor, length: number | null): Tensor {
    if (x.dtype !== "string")
      throw new DTypeError({ op: "TextVectorization", problem: "it takes strings", got: [x], fix: "Pass texts" });
    const texts = (x.dataSync() as string[]).map((text) => standardized(text, this.standardize));
    const { split } = this;
    const shape = split === null ? x.shape.slice(0, -1) : textShape(x.shape);
    const rows = split === null ? inRows(texts, sizeOf(shape)) : texts.map((text) => splitText(text, split));
    const widths = typeof this.ngrams === "number" ? upTo(this.ngrams) : this.ngrams;
    const tokens = widths === null ? rows : rows.map((row) => ngramsOf(row, widths));
    const width = length ?? Math.max(0, ...tokens.map((row) => row.length));
    const filled = tokens.flatMap((row) => Array.from({ length: width }, (_, i) => row[i] ?? ""));
    return tensor(filled, { shape: [...shape, width], dtype: "string" });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    const isSplit = this.split !== null;
    const leading = isSplit ? textShape(inputShape) : inputShape.slice(0, -1);
    const known = isSplit || this.ngrams !== null ? null : (inputShape.at(-1) ?? null);
    return this.#lookup.computeOutputShape([...leading, this.outputSequenceLength ?? known]);
  }

  override computeOutputDType(inputDType: DType): DType {
    return this.#lookup.computeOutputDType(inputDType);
  }

  override getConfig(): Config {
    const { standardize, split, ngrams, outputMode, outputSequenceLength } = this;
    if (typeof standardize === "function" || typeof split === "function")
      throw new ValueError({
        op: "TextVectorization",
        problem: `${typeof split === "function" ? "split" : "standardize"} is a function and is not saved, as files hold no code`,
        fix: "Split texts before the model, or use the ways that have names",
      });
    const { maxTokens, padToMaxTokens, vocabulary, idfWeights } = this.#lookup.getConfig();
    const { name, trainable } = this;
    const options = { standardize, split, ngrams, outputMode, outputSequenceLength };
    return { name, trainable, ...options, maxTokens, padToMaxTokens, vocabulary, idfWeights };
  }

  static override fromConfig(config: Config): TextVectorization {
    for (const name of ["sparse", "ragged"]) requireAbsent("TextVectorization", name, config[name], false);
    requireAbsent("TextVectorization", "encoding", config.encoding, "utf-8");
    return new TextVectorization(config);
  }
}

/** The whole numbers from 1. */
function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, i) => i + 1);
}

/** Strings that stand in so many rows of one length. */
function inRows(strings: readonly string[], count: number): string[][] {
  const length = strings.length / count;
  return Array.from({ length: count }, (_, i) => strings.slice(i * length, (i + 1) * length));
}

/** The shape without a last axis of size 1. @throws ShapeError for another last axis after the first. */
function textShape<S extends number | null>(shape: readonly S[]): readonly S[] {
  if (shape.length < 2) return shape;
  if (shape.at(-1) === 1) return shape.slice(0, -1);
  throw new ShapeError({
    op: "TextVectorization",
    problem: `several texts stand in a row, got an input of shape ${formatPartialShape(shape, "string")}`,
    fix: "Pass texts of shape [n] or [n, 1]",
  });
}
