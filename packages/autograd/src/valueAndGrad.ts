/** A function's value with its gradients. */
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { recordOn } from "./recordOn.ts";

/** The arguments of a function of tensors. */
export type Tensors = readonly [Tensor, ...Tensor[]];
/** A gradient for one argument, else an array of them. */
export type GradientsOf<A extends Tensors> = A extends readonly [Tensor]
  ? Tensor | null
  : { [K in keyof A]: Tensor | null };

/**
 * The function that returns `[f(...xs), gradients]`, with the gradients as `grad` returns them.
 *
 * @example
 * ```ts
 * import { valueAndGrad } from "@crease/autograd";
 * const [value, gradient] = valueAndGrad((x) => x.square().sum())([1, 2, 3]);
 * value; // => 14.0
 * gradient; // => [2. 4. 6.]
 * ```
 */
export function valueAndGrad<A extends Tensors>(
  f: (...xs: A) => Tensor,
): (...xs: { [K in keyof A]: TensorLike }) => [value: Tensor, gradients: GradientsOf<A>] {
  return (...xs) =>
    scope(() => {
      const { given, tape, value } = recordOn(f, xs);
      const gradients = tape.gradient(value, given);
      return [value, (gradients.length === 1 ? gradients[0] : gradients) as GradientsOf<A>];
    });
}
