/** Arguments of differentiated functions as tensors that nobody else holds. */
import { Tensor, type TensorLike, tensor, type Values, Variable } from "@crease/tensor";

/** A new tensor for each argument, so that one given twice counts as two; views, so that outer tapes see through them. */
export function ownTensors(xs: readonly TensorLike[]): readonly Tensor[] {
  return xs.map((x) => {
    if (x instanceof Variable) return x.value;
    return x instanceof Tensor ? x.reshape(x.shape) : tensor(x as Values);
  });
}
