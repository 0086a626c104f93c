/** The definition of adamUpdate. */
import type { Attrs } from "@crease/backend";
import type { Tensor } from "../tensor.ts";
import { decayed } from "./decayed.ts";

/**
 * `m = m + (1 - beta1) (gradient - m)`, `s = s + (1 - beta2) (gradient^2 - s)`, `variable - alpha m / (sqrt(s) + epsilon)`
 * with `alpha = rate sqrt(1 - beta2^step) / (1 - beta1^step)`. Source: Keras 3 `Adam`.
 */
export function adamUpdate(
  [variable, mean, meanSquare, gradient]: readonly [Tensor, Tensor, Tensor, Tensor],
  attrs: Attrs<"adamUpdate">,
): readonly [Tensor, Tensor, Tensor] {
  const { learningRate, beta1, beta2, epsilon, step } = attrs;
  const alpha = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const nextMean = mean.add(gradient.sub(mean).mul(1 - beta1));
  const nextSquare = meanSquare.add(
    gradient
      .square()
      .sub(meanSquare)
      .mul(1 - beta2),
  );
  const change = nextMean.mul(alpha).div(nextSquare.sqrt().add(epsilon));
  return [decayed(variable, attrs).sub(change), nextMean, nextSquare];
}
