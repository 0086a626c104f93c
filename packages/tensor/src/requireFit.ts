/** The checks of operands in the name of a method that computes them with other ops. */
import { broadcastShapes, type Spec } from "@crease/backend";
import type { TensorLike } from "./operands.ts";
import { promoteDTypes } from "./promote.ts";
import { specOf } from "./specOf.ts";

/** Raises in the name of `op` where two operands do not broadcast (ShapeError) or strings meet numbers (DTypeError). */
export function requireFit(op: string, a: TensorLike, b: TensorLike): void {
  const specs: readonly [Spec, Spec] = [specOf(op, a), specOf(op, b)];
  promoteDTypes(specs[0].dtype, specs[1].dtype, op, specs);
  broadcastShapes(op, specs);
}
