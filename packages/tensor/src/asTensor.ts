/** Operands of functions that are written with tensor methods, as tensors. */
import { type Backend, type DType, ValueError } from "@crease/backend";
import { Cell } from "./cell.ts";
import { elementsOf, isWeak, type TensorLike, type Values, weakDType } from "./operands.ts";
import { readVariable, Tensor, upload } from "./tensor.ts";

/**
 * A tensor as it is, a Variable's value, or values uploaded. What is new belongs to the caller: call it inside a `scope`.
 *
 * @param options Backend and dtype of values; tensors and Variables keep theirs. `op` is whom errors name.
 * @throws as `tensor()` for values that make none.
 * @example
 * ```ts
 * import { asTensor } from "@crease/tensor";
 * asTensor([1, 2]); // => [1. 2.]
 * ```
 */
export function asTensor(
  x: TensorLike,
  { backend, dtype, op = "tensor" }: { readonly backend?: Backend; readonly dtype?: DType; readonly op?: string } = {},
): Tensor {
  if (x instanceof Tensor) return x;
  return x instanceof Cell ? readVariable(x) : upload(elementsOf(op, x as Values, dtype), backend);
}

/** All operands as tensors, on the backend of the first tensor among them, whose dtype plain numbers take. */
export function asTensors(op: string, operands: readonly TensorLike[]): Tensor[] {
  if (!Array.isArray(operands))
    throw new ValueError({ op, problem: "takes a list of tensors", fix: `Write \`${op}([a, b])\`` });
  const tensors = operands.map((x) => (x instanceof Cell ? readVariable(x) : x));
  const beside = tensors.find((x) => x instanceof Tensor) as Tensor | undefined;
  return tensors.map((x) => {
    if (x instanceof Tensor) return x;
    const values = x as Values;
    const dtype = beside !== undefined && isWeak(values) ? weakDType(op, values, beside.dtype) : undefined;
    return upload(elementsOf(op, values, dtype), beside?.backend);
  });
}
