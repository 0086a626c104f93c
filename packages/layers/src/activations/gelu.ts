/** The activation gelu. */
import type { Tensor } from "@crease/tensor";

/** What `gelu` takes besides its input. */
export interface GeluOptions {
  /** By tanh, default false. */
  readonly approximate?: boolean | undefined;
}

/**
 * `x * Phi(x)` with the normal distribution `Phi`, or its approximation by tanh. Keras 3 `gelu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.gelu(tensor([0, 1])).toString(); // => [0.       0.841345]
 * ```
 */
export function gelu(x: Tensor, { approximate = false }: GeluOptions = {}): Tensor {
  return x.gelu({ approximate });
}
