/** The mean of squared differences of logarithms. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean((log(1 + yTrue) - log(1 + yPred))^2)` over the last axis, with both at least 1e-7: `[n, ..., k]` gives `[n,
 * ...]` (Keras 3 `mean_squared_logarithmic_error`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { meanSquaredLogarithmicError } from "@crease/losses";
 * meanSquaredLogarithmicError([[1]], [[3]]); // => [0.480453]
 * ```
 */
export function meanSquaredLogarithmicError(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("meanSquaredLogarithmicError", yTrue, yPred);
    const logarithm = (x: Tensor): Tensor => x.maximum(epsilon).add(1).log();
    return logarithm(predictions).sub(logarithm(targets)).square().mean(-1);
  });
}

/**
 * The loss `meanSquaredLogarithmicError`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { MeanSquaredLogarithmicError } from "@crease/losses";
 * new MeanSquaredLogarithmicError().apply([[1]], [[3]]); // => 0.480453
 * ```
 */
export class MeanSquaredLogarithmicError extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("meanSquaredLogarithmicError", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return meanSquaredLogarithmicError(yTrue, yPred);
  }
}
