/** The activation squareplus. */
import { scope, type Tensor } from "@crease/tensor";

/** What `squareplus` takes besides its input. */
export interface SquareplusOptions {
  /** Default 4. */
  readonly b?: number | undefined;
}

/**
 * `(x + sqrt(x^2 + b)) / 2`. Keras 3 `squareplus`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.squareplus(tensor([0, 1.5])).toString(); // => [1. 2.]
 * ```
 */
export function squareplus(x: Tensor, { b = 4 }: SquareplusOptions = {}): Tensor {
  return scope(() => x.add(x.square().add(b).sqrt()).mul(0.5));
}
