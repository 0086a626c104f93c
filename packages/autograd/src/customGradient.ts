/** Functions with a gradient of the user's own. */
import { ShapeError, sameShape, ValueError } from "@crease/backend";
import { run, type Tensor, type TensorLike } from "@crease/tensor";
import { ownTensors } from "./ownTensors.ts";
import type { Tensors } from "./valueAndGrad.ts";

/** A value with the function from the gradient that arrives at it to the gradient by each argument, null for none. */
export interface WithGradient {
  readonly value: Tensor;
  readonly gradient: (dy: Tensor) => Tensor | null | readonly (Tensor | null)[];
}

/** Takes whatever operations take; the last signature is the one that `grad(f)` infers arguments from. */
type Overloaded<A extends Tensors> = ((...xs: { [K in keyof A]: TensorLike }) => Tensor) & ((...xs: A) => Tensor);

/**
 * A function whose gradient by its arguments is what `f` says: tapes do not look into `f`, so nothing that it
 * captured (Variables too) has a gradient through it. Gradients of gradients go through `gradient`, which may use
 * the arguments that `f` got and what it computed. Source: TensorFlow `custom_gradient`.
 *
 * @example
 * ```ts
 * import { customGradient, grad } from "@crease/autograd";
 * const clipped = customGradient((x) => ({ value: x.exp(), gradient: (dy) => dy.mul(x.exp().clip(0, 10)) }));
 * grad(clipped)([0, 5]); // => [ 1. 10.]
 * ```
 */
export function customGradient<A extends Tensors>(f: (...xs: A) => WithGradient): Overloaded<A> {
  return (...xs: readonly TensorLike[]) => {
    const given = ownTensors(xs);
    const { value, gradient } = f(...(given as unknown as A));
    const checked = (dy: Tensor) => checkGradients([gradient(dy)].flat() as readonly (Tensor | null)[], given);
    try {
      return run("customGradient", [value, ...given], { gradient: checked })[0];
    } finally {
      // A tape that recorded the call holds them, and has them alive when it asks for the gradient.
      for (const x of given) x.dispose();
    }
  };
}

function checkGradients(gradients: readonly (Tensor | null)[], xs: readonly Tensor[]): readonly (Tensor | null)[] {
  if (gradients.length !== xs.length)
    throw new ValueError({
      op: "customGradient",
      problem: `${gradients.length} gradients for ${xs.length} arguments`,
      got: xs,
      fix: "Return one for each argument, null where there is none",
    });
  gradients.forEach((dx, i) => {
    const x = xs[i] as Tensor;
    if (dx !== null && !sameShape(dx.shape, x.shape))
      throw new ShapeError({
        op: "customGradient",
        problem: `gradient ${i} differs from its argument in shape`,
        got: [dx, x],
        fix: "Give it the argument's shape",
      });
  });
  return gradients;
}
