/** The layer that says what a model takes. */
import { type DType, DTypeError, dtypes, type OptionNames, ShapeError, suggestName, ValueError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import type { SymbolicTensor } from "../symbolic.ts";
import { UnaryLayer } from "../unaryLayer.ts";

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
 * Passes its input on, if it has the shape that was given. Keras 3 `InputLayer`.
 *
 * @throws ShapeError for inputs of another shape.
 * @example
 * ```ts
 * import { InputLayer } from "@crease/layers";
 * String(new InputLayer({ shape: [784] }).input); // => SymbolicTensor float32[?,784]
 * ```
 */
export class InputLayer extends UnaryLayer {
  static readonly className: string = "InputLayer";
  static readonly ownNames: OptionNames<Omit<InputOptions, keyof LayerOptions>> = { shape: true, batchSize: true };
  readonly #input: SymbolicTensor;

  constructor(options: InputOptions) {
    const { shape, dtype = "float32", batchSize = null } = options;
    const full = checkedShape(shape, batchSize);
    if (!dtypes.includes(dtype))
      throw new DTypeError({ op: "Input", problem: `unknown dtype "${dtype}"`, fix: suggestName(dtype, dtypes) });
    super({ ...options, dtype });
    this.#input = this.connect(null, { shape: full, dtype }) as SymbolicTensor;
    this.ensureBuilt(full);
  }

  /** What the model starts with. */
  override get input(): SymbolicTensor {
    return this.#input;
  }

  override call(x: Tensor): Tensor {
    this.computeOutputShape(x.shape);
    return x;
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    const { shape } = this.input;
    const fits =
      shape.length === inputShape.length &&
      shape.every((size, axis) => size === null || inputShape[axis] === null || size === inputShape[axis]);
    if (fits) return inputShape;
    throw new ShapeError({
      op: "InputLayer",
      problem: `the input's shape ${formatPartialShape(inputShape)} is not ${formatPartialShape(shape)}`,
      fix: `Pass inputs of shape ${formatPartialShape(shape)}`,
    });
  }

  override getConfig(): Config {
    const [batchSize, ...shape] = this.input.shape;
    return { name: this.name, dtype: this.dtype, shape, batchSize };
  }
}

function checkedShape(shape: PartialShape, batchSize: number | null): PartialShape {
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
  return full;
}
