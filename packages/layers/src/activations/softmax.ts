/** The activation softmax. */
import type { Tensor } from "@crease/tensor";

/** What `softmax` takes besides its input. */
export interface SoftmaxOptions {
  /** Default the last. */
  readonly axis?: number | undefined;
}

/**
 * `e^x / sum(e^x)` along `axis`; along the last axis the result keeps its logits. Keras 3 `softmax`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.softmax(tensor([0, 0])).toString(); // => [0.5 0.5]
 * ```
 */
export function softmax(x: Tensor, { axis = -1 }: SoftmaxOptions = {}): Tensor {
  return x.softmax(axis);
}
