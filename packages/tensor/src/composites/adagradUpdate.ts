/** The definition of adagradUpdate. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { decayed } from "./decayed.ts";

/** `a = a + gradient^2`, `variable - rate * gradient / sqrt(a + epsilon)`. Source: Keras 3 `Adagrad`. */
export function adagradUpdate(
  [variable, accumulator, gradient]: readonly [Tensor, Tensor, Tensor],
  attrs: Attrs<"adagradUpdate">,
): readonly [Tensor, Tensor] {
  const next = accumulator.add(gradient.square());
  const step = gradient.mul(attrs.learningRate).div(next.add(attrs.epsilon).sqrt());
  return [decayed(variable, attrs).sub(step), next];
}
