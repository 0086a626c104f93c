/** The activation hardShrink. */
import { scope, type Tensor, where } from "@crease/tensor";

/** What `hardShrink` takes besides its input. */
export interface HardShrinkOptions {
  /** Default 0.5. */
  readonly threshold?: number | undefined;
}

/**
 * `x` where `|x| > threshold`, else 0. Keras 3 `hard_shrink`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.hardShrink(tensor([-1, 0.2])).toString(); // => [-1.  0.]
 * ```
 */
export function hardShrink(x: Tensor, { threshold = 0.5 }: HardShrinkOptions = {}): Tensor {
  return scope(() => where(x.abs().greater(threshold), x, 0));
}
