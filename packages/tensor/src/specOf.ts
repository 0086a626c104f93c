/** Element type and shape of whatever an operation takes. */
import type { Spec } from "@crease/backend";
import { Cell } from "./cell.ts";
import { TensorBase } from "./methods/base.ts";
import { specOfValues, type TensorLike, type Values } from "./operands.ts";

/** The spec of a tensor, of a Variable, or of the tensor that values by themselves become. */
export function specOf(op: string, x: TensorLike): Spec {
  if (x instanceof Cell) return x.held;
  return x instanceof TensorBase ? x : specOfValues(op, x as Values);
}
