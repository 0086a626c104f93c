/** The activation sigmoid. */
import type { Tensor } from "@crease/tensor";

/**
 * `1 / (1 + e^-x)`; the result keeps its logits. Keras 3 `sigmoid`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.sigmoid(tensor([0, 1])).toString(); // => [0.5      0.731059]
 * ```
 */
export function sigmoid(x: Tensor): Tensor {
  return x.sigmoid();
}
