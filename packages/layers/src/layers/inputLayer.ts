/** The layer that says what a model takes. */
import { ShapeError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { Layer } from "../layer.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { Input, type InputOptions, type SymbolicTensor } from "../symbolic.ts";

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
export class InputLayer extends Layer {
  static readonly className: string = "InputLayer";
  /** What the model starts with. */
  readonly input: SymbolicTensor;

  constructor(options: InputOptions) {
    super({ name: options.name, dtype: options.dtype });
    this.input = Input({ ...options, name: this.name });
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
