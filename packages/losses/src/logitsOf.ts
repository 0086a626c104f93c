/** The logits that softmax and sigmoid leave on their outputs. */
import type { Tensor } from "@crease/tensor";

/** What went into the softmax or sigmoid that made these probabilities, where it is known. */
export function logitsOf(probabilities: Tensor, kind: "softmax" | "sigmoid"): Tensor | undefined {
  return probabilities.logits?.kind === kind ? probabilities.logits.value : undefined;
}
