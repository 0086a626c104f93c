/** The look at predictions that shall be probabilities. */
import { ValueError } from "@crease/backend";
import type { Tensor } from "@crease/tensor";

/** How far rounding may lead beyond 0 and 1. */
const slack = 1e-6;

/**
 * Raises where a prediction is below 0 or above `most`, which logits sooner or later are; NaN passes. Where the backend
 * reads only asynchronously, nothing is looked at.
 *
 * @throws ValueError with a hint at `fromLogits`.
 */
export function requireProbabilities(op: string, yPred: Tensor, most: number): void {
  if (yPred.backend.downloadSync === undefined || yPred.dtype === "string") return;
  const values = yPred.dataSync() as Float32Array;
  const odd = values.findIndex((value) => value < -slack || value > most + slack);
  if (odd < 0) return;
  throw new ValueError({
    op,
    problem: `prediction ${values[odd]} at position ${odd} of the batch is no probability`,
    got: [yPred],
    fix: "End the model with softmax or sigmoid, or set `fromLogits: true` if predictions are logits",
  });
}
