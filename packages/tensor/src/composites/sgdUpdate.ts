/** The definition of sgdUpdate. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { decayed } from "./decayed.ts";

/** `variable - rate * gradient`. Source: Keras 3 `SGD`. */
export function sgdUpdate(
  [variable, gradient]: readonly [Tensor, Tensor],
  attrs: Attrs<"sgdUpdate">,
): readonly [Tensor] {
  return [decayed(variable, attrs).sub(gradient.mul(attrs.learningRate))];
}
