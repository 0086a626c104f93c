/** How far the score of the right class stays behind a margin above the best other one. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `max(1 + max((1 - yTrue) yPred) - sum(yTrue yPred), 0)` over the last axis, one-hot labels: `[n, ..., k]` gives `[n,
 * ...]` (Keras 3 `categorical_hinge`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { categoricalHinge } from "@crease/losses";
 * categoricalHinge([[0, 1]], [[0.5, 0.75]]); // => [0.75]
 * ```
 */
export function categoricalHinge(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("categoricalHinge", yTrue, yPred);
    const right = targets.mul(predictions).sum(-1);
    const best = targets.neg().add(1).mul(predictions).max(-1);
    return best.sub(right).add(1).maximum(0);
  });
}

/**
 * The loss `categoricalHinge`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { CategoricalHinge } from "@crease/losses";
 * new CategoricalHinge().apply([[0, 1]], [[0.5, 0.75]]); // => 0.75
 * ```
 */
export class CategoricalHinge extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("categoricalHinge", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return categoricalHinge(yTrue, yPred);
  }
}
