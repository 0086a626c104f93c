/** What the first half of a training step gives. */
import type { Tensor, Variable } from "@crease/tensor";
import type { Outcome } from "./compiled.ts";

/** What a training step has computed before it changes the weights. */
export interface Backward {
  readonly gradients: readonly (Tensor | null)[];
  readonly weights: readonly Variable[];
  readonly loss: Tensor;
  readonly outcome: Outcome;
}
