/** The definition of adamUpdate. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { decayed } from "./decayed.ts";

/**
 * `m = m + (1 - beta1) (gradient - m)`, `s = s + (1 - beta2) (gradient^2 - s)`, `variable - alpha m / (sqrt(s) + epsilon)`
 * with `alpha = rate * correction`. Source: Keras 3 `Adam`.
 */
export function adamUpdate(
  [variable, mean, meanSquare, gradient]: readonly [Tensor, Tensor, Tensor, Tensor],
  attrs: Attrs<"adamUpdate">,
): readonly [Tensor, Tensor, Tensor] {
  const { learningRate, beta1, beta2, epsilon, correction } = attrs;
  const nextMean = mean.add(gradient.sub(mean).mul(1 - beta1));
  const nextSquare = meanSquare.add(
    gradient
      .square()
      .sub(meanSquare)
      .mul(1 - beta2),
  );
  const change = nextMean.mul(learningRate * correction).div(nextSquare.sqrt().add(epsilon));
  return [decayed(variable, attrs).sub(change), nextMean, nextSquare];
}
