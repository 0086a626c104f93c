/** The mean of absolute differences as percentages of the targets. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `100 mean(|yTrue - yPred| / max(|yTrue|, 1e-7))` over the last axis, in percent: `[n, ..., k]` gives `[n, ...]`
 * (Keras 3 `mean_absolute_percentage_error`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { meanAbsolutePercentageError } from "@crease/losses";
 * meanAbsolutePercentageError([[2, 4]], [[1, 5]]); // => [37.5]
 * ```
 */
export function meanAbsolutePercentageError(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("meanAbsolutePercentageError", yTrue, yPred);
    return targets.sub(predictions).div(targets.abs().maximum(epsilon)).abs().mean(-1).mul(100);
  });
}

/**
 * The loss `meanAbsolutePercentageError`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { MeanAbsolutePercentageError } from "@crease/losses";
 * new MeanAbsolutePercentageError().apply([[2, 4]], [[1, 5]]); // => 37.5
 * ```
 */
export class MeanAbsolutePercentageError extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("meanAbsolutePercentageError", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return meanAbsolutePercentageError(yTrue, yPred);
  }
}
