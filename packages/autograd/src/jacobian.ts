/** Jacobians of functions. */
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { recordOn } from "./recordOn.ts";
import type { GradientsOf, Tensors } from "./valueAndGrad.ts";

/**
 * The function that returns the derivatives of every element of `f(...xs)` by every element of each argument, of
 * shape result + argument: one tensor for one argument, else an array; null where unconnected.
 *
 * @example
 * ```ts
 * import { jacobian } from "@crease/autograd";
 * jacobian((x) => x.square())([1, 2]); // => [[2. 0.] [0. 4.]]
 * ```
 */
export function jacobian<A extends Tensors>(
  f: (...xs: A) => Tensor,
): (...xs: { [K in keyof A]: TensorLike }) => GradientsOf<A> {
  return (...xs) =>
    scope(() => {
      const { given, tape, value } = recordOn(f, xs);
      const derivatives = tape.jacobian(value, given);
      return (derivatives.length === 1 ? derivatives[0] : derivatives) as GradientsOf<A>;
    });
}
