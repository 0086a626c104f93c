/** A function as a loss. */
import type { Tensor } from "@crease/tensor";
import { Loss, type LossOptions } from "./loss.ts";

/** From targets and predictions to one loss for each sample. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/**
 * A loss made of a function that gives one loss for each sample (Keras 3 `LossFunctionWrapper`).
 *
 * @example
 * ```ts
 * import { LossFunctionWrapper } from "@crease/losses";
 * new LossFunctionWrapper((yTrue, yPred) => yTrue.sub(yPred).abs().max(-1)).apply([[1, 2]], [[2, 5]]); // => 3.0
 * ```
 */
export class LossFunctionWrapper extends Loss {
  readonly fn: LossFunction;

  constructor(fn: LossFunction, options: LossOptions = {}) {
    super({ name: fn.name || "loss", ...options });
    this.fn = fn;
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return this.fn(yTrue, yPred);
  }
}
