/** The definition of rmspropUpdate. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { decayed } from "./decayed.ts";

/** `s = rho * s + (1 - rho) * gradient^2`, `variable - rate * gradient / sqrt(s + epsilon)`. Source: Keras 3 `RMSprop`. */
export function rmspropUpdate(
  [variable, meanSquare, gradient]: readonly [Tensor, Tensor, Tensor],
  attrs: Attrs<"rmspropUpdate">,
): readonly [Tensor, Tensor] {
  const { learningRate, rho, epsilon } = attrs;
  const next = meanSquare.mul(rho).add(gradient.square().mul(1 - rho));
  const step = gradient.mul(learningRate).div(next.add(epsilon).sqrt());
  return [decayed(variable, attrs).sub(step), next];
}
