/** How far predictions stay behind a margin on the right side. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { hingeLabels } from "./hingeLabels.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean(max(1 - yTrue yPred, 0))` over the last axis, labels -1 and 1; labels that are all 0 or 1 count as -1 and 1:
 * `[n, ..., k]` gives `[n, ...]` (Keras 3 `hinge`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { hinge } from "@crease/losses";
 * hinge([[1, -1]], [[0.5, 2]]); // => [1.75]
 * ```
 */
export function hinge(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("hinge", yTrue, yPred);
    return hingeLabels(targets).mul(predictions).neg().add(1).maximum(0).mean(-1);
  });
}

/**
 * The loss `hinge`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { Hinge } from "@crease/losses";
 * new Hinge().apply([[1, -1]], [[0.5, 2]]); // => 1.75
 * ```
 */
export class Hinge extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("hinge", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return hinge(yTrue, yPred);
  }
}
