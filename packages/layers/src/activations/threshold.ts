/** The activation threshold. */
import { scope, type Tensor, where } from "@crease/tensor";

/** What `threshold` takes besides its input. */
export interface ThresholdOptions {
  /** Default 0. */
  readonly threshold?: number | undefined;
  /** Default 0. */
  readonly defaultValue?: number | undefined;
}

/**
 * `x` where `x > threshold`, else `defaultValue`. Keras 3 `threshold`, which has no defaults; here both are 0.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.threshold(tensor([0.5, 2]), { threshold: 1, defaultValue: -1 }).toString(); // => [-1.  2.]
 * ```
 */
export function threshold(x: Tensor, { threshold = 0, defaultValue = 0 }: ThresholdOptions = {}): Tensor {
  return scope(() => where(x.greater(threshold), x, defaultValue));
}
