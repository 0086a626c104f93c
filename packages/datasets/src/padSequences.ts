/** Lists of different length made into rows of one tensor. */
import { type Backend, type DType, requireInteger, requireOneOf } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";

/** How lists are brought to one length. */
export interface PadSequencesOptions {
  /** The length of the rows. Default: that of the longest list. */
  readonly maxlen?: number;
  /** Default "int32". */
  readonly dtype?: DType;
  /** Whether `value` goes before a list or behind it. Default "pre". */
  readonly padding?: "pre" | "post";
  /** Whether a list that is too long loses its beginning or its end. Default "pre". */
  readonly truncating?: "pre" | "post";
  /** What fills a row. Default 0. */
  readonly value?: number;
  /** Where the tensor lives. Default: the default backend. */
  readonly backend?: Backend;
}

const op = "padSequences";

/**
 * The lists as rows of a tensor `[lists, maxlen]`, filled up or cut (Keras 3 `pad_sequences`), as a layer such as
 * `Embedding` takes the texts of `imdb.loadData`.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { padSequences } from "@crease/datasets";
 * await padSequences([[1], [2, 3], [4, 5, 6]]).array(); // => [[0,0,1],[0,2,3],[4,5,6]]
 * await padSequences([[1], [4, 5, 6]], { maxlen: 2, padding: "post" }).array(); // => [[1,0],[5,6]]
 * ```
 */
export function padSequences(sequences: readonly (readonly number[])[], options: PadSequencesOptions = {}): Tensor {
  const { dtype = "int32", padding = "pre", truncating = "pre", value = 0, backend } = options;
  const { maxlen = sequences.reduce((longest, list) => Math.max(longest, list.length), 0) } = options;
  requireInteger(op, "maxlen", maxlen, { min: 0 });
  requireOneOf(op, "padding", padding, ["pre", "post"]);
  requireOneOf(op, "truncating", truncating, ["pre", "post"]);
  const rows = new Float64Array(sequences.length * maxlen).fill(value);
  sequences.forEach((list, row) => {
    const from = truncating === "pre" ? Math.max(list.length - maxlen, 0) : 0;
    const kept = list.slice(from, from + maxlen);
    rows.set(kept, row * maxlen + (padding === "pre" ? maxlen - kept.length : 0));
  });
  return tensor(rows, { shape: [sequences.length, maxlen], dtype, ...(backend === undefined ? {} : { backend }) });
}
