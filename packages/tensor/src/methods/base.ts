/** What every group of tensor methods needs from the tensor that they are called on. */
import {
  type Attrs,
  type Backend,
  type CallName,
  type DType,
  type Inputs,
  isFloat,
  type Outputs,
  type Shape,
  type Spec,
} from "@crease/backend";
import { Cell } from "../cell.ts";
import { isWeak, type TensorLike, type Values, weakDType } from "../operands.ts";
import type { Tensor } from "../tensor.ts";

/** The hooks of the method groups: all methods are written with `run` and `constant`. */
export abstract class TensorBase implements Spec {
  abstract readonly shape: Shape;
  abstract readonly dtype: DType;
  abstract readonly backend: Backend;

  /** Runs one op; operands that are no tensors are made on this tensor's backend. */
  protected abstract run<K extends CallName>(op: K, inputs: Inputs<K, TensorLike>, attrs: Attrs<K>): Outputs<K, Tensor>;

  /** A new tensor on this tensor's backend; `op` is whom errors name. */
  protected abstract constant(
    values: TensorLike,
    options?: { readonly op?: string; readonly dtype?: DType; readonly shape?: Shape },
  ): Tensor;

  /** `result` with this tensor kept on it as its logits. */
  protected abstract withLogits(kind: "softmax" | "sigmoid", result: Tensor): Tensor;

  /** An operand as a tensor, for methods of several steps: plain numbers take this tensor's dtype where they fit it. */
  protected operand(op: string, other: TensorLike): Tensor {
    if (other instanceof TensorBase) return other as Tensor;
    if (other instanceof Cell) return this.run("reshape", [other], { shape: other.held.shape })[0];
    const values = other as Values;
    return isWeak(values)
      ? this.constant(values, { op, dtype: weakDType(op, values, this.dtype) })
      : this.constant(values, { op });
  }

  /** This tensor, integers and bool as float32: for what would wrap in integers. */
  protected floating(this: Tensor): Tensor {
    return isFloat(this.dtype) ? this : this.cast("float32");
  }
}
