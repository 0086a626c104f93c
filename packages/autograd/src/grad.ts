/** Gradients of functions. */
import type { Tensor, TensorLike } from "@crease/tensor";
import { type GradientsOf, type Tensors, valueAndGrad } from "./valueAndGrad.ts";

/**
 * The function that returns the gradient of `f` (of the sum of its result) by each of its arguments: one gradient
 * for one argument, else an array; null where the result does not depend on the argument.
 *
 * @example
 * ```ts
 * import { grad } from "@crease/autograd";
 * grad((x) => x.square().sum())([1, 2, 3]); // => [2. 4. 6.]
 * grad((x, y) => x.mul(y))(3, 4); // => [4.0, 3.0]
 * const second = grad((x) => grad((z) => z.pow(3))(x)!);
 * second(2); // => 12.0
 * ```
 */
export function grad<A extends Tensors>(
  f: (...xs: A) => Tensor,
): (...xs: { [K in keyof A]: TensorLike }) => GradientsOf<A> {
  const both = valueAndGrad(f);
  return (...xs) => {
    const [value, gradients] = both(...xs);
    value.dispose();
    return gradients;
  };
}
