/** What run knows of a Variable: something that is read when it stands as an operand. */
import type { Tensor } from "./tensor.ts";

/** A mutable place that operands may name instead of its value; `Variable` is the only one. */
export abstract class Cell {
  /** The value now, which the cell goes on holding: never dispose it, never keep it past the current call. */
  abstract readonly held: Tensor;
}
