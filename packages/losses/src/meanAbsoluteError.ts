/** The mean of absolute differences. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean(|yTrue - yPred|)` over the last axis: `[n, ..., k]` gives `[n, ...]` (Keras 3 `mean_absolute_error`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { meanAbsoluteError } from "@crease/losses";
 * meanAbsoluteError([[0, 1], [2, 2]], [[1, 1], [0, 0]]); // => [0.5 2. ]
 * ```
 */
export function meanAbsoluteError(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("meanAbsoluteError", yTrue, yPred);
    return targets.sub(predictions).abs().mean(-1);
  });
}

/**
 * The loss `meanAbsoluteError`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { MeanAbsoluteError } from "@crease/losses";
 * new MeanAbsoluteError().apply([[0, 1], [2, 2]], [[1, 1], [0, 0]]); // => 1.25
 * ```
 */
export class MeanAbsoluteError extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("meanAbsoluteError", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return meanAbsoluteError(yTrue, yPred);
  }
}
