/** What every group of tensor methods needs from the tensor that they are called on. */
import type { Attrs, Backend, CallName, DType, Inputs, Outputs, Shape, Spec } from "@crease/backend";
import type { TensorLike } from "../operands.ts";
import type { Tensor } from "../tensor.ts";

/** The hooks of the method groups: all methods are written with `run` and `constant`. */
export abstract class TensorBase implements Spec {
  abstract readonly shape: Shape;
  abstract readonly dtype: DType;
  abstract readonly backend: Backend;

  /** Runs one op; operands that are no tensors are made on this tensor's backend. */
  protected abstract run<K extends CallName>(op: K, inputs: Inputs<K, TensorLike>, attrs: Attrs<K>): Outputs<K, Tensor>;

  /** A new tensor on this tensor's backend. */
  protected abstract constant(values: TensorLike, options?: { readonly dtype?: DType; readonly shape?: Shape }): Tensor;
}
