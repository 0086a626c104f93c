/** The activation softShrink. */
import { scope, type Tensor, where } from "@crease/tensor";

/** What `softShrink` takes besides its input. */
export interface SoftShrinkOptions {
  /** Default 0.5. */
  readonly threshold?: number | undefined;
}

/**
 * `x` moved by `threshold` towards 0, 0 where it is nearer. Keras 3 `soft_shrink`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.softShrink(tensor([-2, 0.2, 1])).toString(); // => [-1.5  0.   0.5]
 * ```
 */
export function softShrink(x: Tensor, { threshold = 0.5 }: SoftShrinkOptions = {}): Tensor {
  return scope(() => where(x.greater(threshold), x.sub(threshold), where(x.less(-threshold), x.add(threshold), 0)));
}
