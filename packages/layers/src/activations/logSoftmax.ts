/** The activation logSoftmax. */
import type { Tensor } from "@crease/tensor";

/** What `logSoftmax` takes besides its input. */
export interface LogSoftmaxOptions {
  /** Default the last. */
  readonly axis?: number | undefined;
}

/**
 * `x - log(sum(e^x))` along `axis`. Keras 3 `log_softmax`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.logSoftmax(tensor([0, 0])).toString(); // => [-0.693147 -0.693147]
 * ```
 */
export function logSoftmax(x: Tensor, { axis = -1 }: LogSoftmaxOptions = {}): Tensor {
  return x.logSoftmax(axis);
}
