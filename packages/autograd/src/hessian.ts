/** Hessians of functions. */
import { scope, type Tensor, type TensorLike, zeros } from "@crease/tensor";
import { ownTensors } from "./ownTensors.ts";
import { GradientTape } from "./tape.ts";

/**
 * The function that returns the second derivatives of `f(x)` (of its sum) by every pair of elements of x, of shape
 * `[...x.shape, ...x.shape]`: the Jacobian of the gradient. All 0 where the gradient does not depend on x; null
 * where the result does not.
 *
 * @example
 * ```ts
 * import { hessian } from "@crease/autograd";
 * hessian((x) => x.pow(3).sum())([1, 2]); // => [[ 6. 0.] [ 0. 12.]]
 * ```
 */
export function hessian(f: (x: Tensor) => Tensor): (x: TensorLike) => Tensor | null {
  return (x) =>
    scope(() => {
      const [given] = ownTensors([x]) as [Tensor];
      const outer = new GradientTape();
      outer.watch(given);
      const gradient = outer.record(() => {
        const inner = new GradientTape();
        inner.watch(given);
        return inner.gradient(
          inner.record(() => f(given)),
          given,
        );
      });
      if (gradient === null) return null;
      const { shape, dtype, backend } = given;
      return outer.jacobian(gradient, given) ?? zeros([...shape, ...shape], { dtype, backend });
    });
}
