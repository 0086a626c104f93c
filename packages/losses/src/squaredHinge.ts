/** The square of how far predictions stay behind a margin on the right side. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { hingeLabels } from "./hingeLabels.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean(max(1 - yTrue yPred, 0)^2)` over the last axis, labels -1 and 1; labels that are all 0 or 1 count as -1 and 1:
 * `[n, ..., k]` gives `[n, ...]` (Keras 3 `squared_hinge`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { squaredHinge } from "@crease/losses";
 * squaredHinge([[1, -1]], [[0.5, 2]]); // => [4.625]
 * ```
 */
export function squaredHinge(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("squaredHinge", yTrue, yPred);
    return hingeLabels(targets).mul(predictions).neg().add(1).maximum(0).square().mean(-1);
  });
}

/**
 * The loss `squaredHinge`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { SquaredHinge } from "@crease/losses";
 * new SquaredHinge().apply([[1, -1]], [[0.5, 2]]); // => 4.625
 * ```
 */
export class SquaredHinge extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("squaredHinge", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return squaredHinge(yTrue, yPred);
  }
}
