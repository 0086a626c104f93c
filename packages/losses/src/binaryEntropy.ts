/** The cross-entropy of single yes-or-no decisions. */
import { type Tensor, where } from "@crease/tensor";
import { epsilon } from "./epsilon.ts";

/** `-t log p - (1 - t) log(1 - p)`, p clipped to `[1e-7, 1 - 1e-7]`. */
export function entropyOfProbabilities(targets: Tensor, x: Tensor): Tensor {
  const p = x.clip(epsilon, 1 - epsilon);
  return targets
    .mul(p.log())
    .add(targets.neg().add(1).mul(p.neg().add(1).log()))
    .neg();
}

/**
 * `max(x, 0) - x t + log(1 + e^-|x|)`. `select` instead of `maximum` and `abs`: the gradient at 0 must be `1/2 - t`.
 */
export function entropyOfLogits(targets: Tensor, x: Tensor): Tensor {
  const isPositive = x.greaterEqual(0);
  const negative = x.neg();
  const positivePart = where(isPositive, x, 0);
  const minusMagnitude = where(isPositive, negative, x);
  return positivePart.sub(x.mul(targets)).add(minusMagnitude.exp().log1p());
}
