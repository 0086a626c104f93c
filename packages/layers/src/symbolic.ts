/** A tensor that is known by shape and dtype only: what `Input` makes and layers pass on before there are data. */
import { type DType, DTypeError, dtypes, suggestName, ValueError } from "@crease/backend";
import { formatPartialShape, type PartialShape } from "./shape.ts";

/**
 * Shape and dtype without values; `layer.apply` turns one into the next.
 *
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * const x = Input({ shape: [784] });
 * String(new Dense(10).apply(x)); // => SymbolicTensor float32[?,10]
 * ```
 */
export class SymbolicTensor {
  /** Sizes, `null` where unknown; the first is the batch size. */
  readonly shape: PartialShape;
  readonly dtype: DType;
  readonly name: string;

  constructor(shape: PartialShape, dtype: DType, name: string) {
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
  }

  /** `SymbolicTensor float32[?,10]`. */
  toString(): string {
    return `SymbolicTensor ${formatPartialShape(this.shape, this.dtype)}`;
  }
}

/** What `Input` and `InputLayer` take. */
export interface InputOptions {
  /** Shape of one sample, without the batch axis; `null` for sizes that vary. */
  readonly shape: PartialShape;
  /** Default float32. */
  readonly dtype?: DType | undefined;
  /** Samples in a batch, default unknown. */
  readonly batchSize?: number | null | undefined;
  readonly name?: string | undefined;
}

/**
 * The start of a model: a symbolic tensor of shape `[batchSize, ...shape]`.
 *
 * @throws ValueError for no list of sizes, or sizes that are no whole numbers of at least 0; DTypeError for an unknown dtype.
 * @example
 * ```ts
 * import { Input } from "@crease/layers";
 * String(Input({ shape: [28, 28], dtype: "uint8", batchSize: 128 })); // => SymbolicTensor uint8[128,28,28]
 * ```
 */
export function Input({ shape, dtype = "float32", batchSize = null, name = "input" }: InputOptions): SymbolicTensor {
  if (!Array.isArray(shape))
    throw new ValueError({
      op: "Input",
      problem: `shape ${shape} is no list of sizes`,
      fix: "Use `Input({ shape: [784] })`",
    });
  const full: PartialShape = [batchSize, ...(shape as PartialShape)];
  for (const size of full)
    if (size !== null && (!Number.isInteger(size) || size < 0))
      throw new ValueError({
        op: "Input",
        problem: `${size} is no size`,
        fix: "Use whole numbers, null for sizes that vary",
      });
  if (!dtypes.includes(dtype))
    throw new DTypeError({ op: "Input", problem: `unknown dtype "${dtype}"`, fix: suggestName(dtype, dtypes) });
  return new SymbolicTensor(full, dtype, name);
}
