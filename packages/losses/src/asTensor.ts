/** Operands of losses and metrics as tensors. */
import type { Backend, DType } from "@crease/backend";
import { Tensor, type TensorLike, tensor, type Values, Variable } from "@crease/tensor";

/**
 * The operand itself where it is a tensor, a Variable's value, or a new tensor from numbers or arrays.
 *
 * @param options Where and as what numbers and arrays become a tensor; a tensor stays as it is.
 * @throws ShapeError for ragged arrays, ValueError for numbers that `dtype` does not hold.
 * @example
 * ```ts
 * import { asTensor } from "@crease/losses";
 * asTensor([1, 2]).shape; // => [2]
 * ```
 */
export function asTensor(x: TensorLike, options: { readonly backend?: Backend; readonly dtype?: DType } = {}): Tensor {
  if (x instanceof Tensor) return x;
  if (x instanceof Variable) return x.value;
  return tensor(x as Values, options);
}
