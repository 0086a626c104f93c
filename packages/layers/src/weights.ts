/** The weights of layers by path, and how they are set. */
import { ShapeError, ValueError } from "@crease/backend";
import { asTensor, scope, type TensorLike, type Variable } from "@crease/tensor";

/** A weight and the way to it. */
export interface Weight {
  /** The field path, its key in files: `kernel`, `layers.0.kernel`. */
  readonly path: string;
  readonly variable: Variable;
  /** False where the variable or a layer on the way to it is not trainable. */
  readonly trainable: boolean;
}

/**
 * Assigns a value to each weight, in order; nothing is assigned where one does not fit.
 *
 * @throws ValueError for another number of values than weights; ShapeError for a value of another shape.
 */
export function assignWeights(
  op: string,
  weights: readonly Weight[],
  values: readonly TensorLike[],
  isBuilt: boolean,
): void {
  if (values.length !== weights.length)
    throw new ValueError({
      op,
      problem: `${values.length} values for ${weights.length} weights`,
      fix: isBuilt
        ? `Give one for each of: ${weights.map((weight) => weight.path).join(", ")}`
        : "Build the layer first: call `apply` once",
    });
  scope(() => {
    const tensors = values.map((value, i) => {
      const { dtype, backend } = (weights[i] as Weight).variable;
      return asTensor(value, { dtype, backend });
    });
    tensors.forEach((value, i) => {
      const { path, variable } = weights[i] as Weight;
      if (String(value.shape) === String(variable.shape)) return;
      throw new ShapeError({
        op,
        problem: `\`${path}\` has another shape than its new value`,
        got: [variable, value],
        fix: `Give \`${path}\` a value of shape [${variable.shape.join(",")}]`,
      });
    });
    tensors.forEach((value, i) => {
      (weights[i] as Weight).variable.assign(value);
    });
  });
}
