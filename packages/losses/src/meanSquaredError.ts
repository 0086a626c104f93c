/** The mean of squared differences. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean((yTrue - yPred)^2)` over the last axis: `[n, ..., k]` gives `[n, ...]` (Keras 3 `mean_squared_error`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { meanSquaredError } from "@crease/losses";
 * meanSquaredError([[0, 1], [2, 2]], [[1, 1], [0, 0]]); // => [0.5 4. ]
 * ```
 */
export function meanSquaredError(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("meanSquaredError", yTrue, yPred);
    return targets.sub(predictions).square().mean(-1);
  });
}

/**
 * The loss `meanSquaredError`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { MeanSquaredError } from "@crease/losses";
 * new MeanSquaredError().apply([[0, 1], [2, 2]], [[1, 1], [0, 0]]); // => 2.25
 * ```
 */
export class MeanSquaredError extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("meanSquaredError", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return meanSquaredError(yTrue, yPred);
  }
}
