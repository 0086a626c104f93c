/** The definition of momentumUpdate. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { decayed } from "./decayed.ts";

/** `v = momentum * v - rate * gradient`, `variable + v`; with Nesterov `variable + momentum * v - rate * gradient`. Source: Keras 3 `SGD`. */
export function momentumUpdate(
  [variable, velocity, gradient]: readonly [Tensor, Tensor, Tensor],
  attrs: Attrs<"momentumUpdate">,
): readonly [Tensor, Tensor] {
  const { learningRate, momentum, nesterov } = attrs;
  const step = gradient.mul(learningRate);
  const next = velocity.mul(momentum).sub(step);
  const before = decayed(variable, attrs);
  return [nesterov ? before.add(next.mul(momentum)).sub(step) : before.add(next), next];
}
