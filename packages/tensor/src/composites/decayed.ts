/** Decoupled weight decay, the first step of every update. */
import type { Update } from "@crease/backend";
import type { Tensor } from "../tensor.ts";

/** `variable - variable * weightDecay * learningRate`. Source: Keras 3 `Optimizer._apply_weight_decay`. */
export function decayed(variable: Tensor, { learningRate, weightDecay }: Update): Tensor {
  return weightDecay === 0 ? variable : variable.mul(1 - learningRate * weightDecay);
}
