/** The activation glu. */
import { scope, type Tensor } from "@crease/tensor";

/** What `glu` takes besides its input. */
export interface GluOptions {
  /** Default the last. */
  readonly axis?: number | undefined;
}

/**
 * `a * sigmoid(b)`, where `a` and `b` are the two halves of `x` along `axis`. Keras 3 `glu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.glu(tensor([3, 0])).toString(); // => [1.5]
 * ```
 */
export function glu(x: Tensor, { axis = -1 }: GluOptions = {}): Tensor {
  return scope(() => {
    const [a, b] = x.split(2, axis) as [Tensor, Tensor];
    return a.mul(b.sigmoid());
  });
}
