/** Operands of the n-ary functions as tensors. */
import { Cell } from "./cell.ts";
import { elementsOf, isWeak, type TensorLike, type Values, weakDType } from "./operands.ts";
import { readVariable, Tensor, upload } from "./tensor.ts";

/** All operands as tensors, on the backend of the first tensor among them, whose dtype plain numbers take. */
export function asTensors(op: string, operands: readonly TensorLike[]): Tensor[] {
  const tensors = operands.map((x) => (x instanceof Cell ? readVariable(x) : x));
  const beside = tensors.find((x) => x instanceof Tensor) as Tensor | undefined;
  return tensors.map((x) => {
    if (x instanceof Tensor) return x;
    const values = x as Values;
    const dtype = beside !== undefined && isWeak(values) ? weakDType(op, values, beside.dtype) : undefined;
    return upload(elementsOf(op, values, dtype), beside?.backend);
  });
}
