/** The Kullback-Leibler divergence of predicted from true distributions. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `sum(yTrue log(yTrue / yPred))` over the last axis, with both clipped to `[1e-7, 1]`: `[n, ..., k]` gives `[n, ...]`
 * (Keras 3 `kl_divergence`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { klDivergence } from "@crease/losses";
 * klDivergence([[0.5, 0.5]], [[0.25, 0.75]]); // => [0.1438410]
 * ```
 */
export function klDivergence(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("klDivergence", yTrue, yPred);
    const p = targets.clip(epsilon, 1);
    return p.mul(p.div(predictions.clip(epsilon, 1)).log()).sum(-1);
  });
}

/**
 * The loss `klDivergence`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { KLDivergence } from "@crease/losses";
 * new KLDivergence().apply([[0.5, 0.5]], [[0.25, 0.75]]); // => 0.1438410
 * ```
 */
export class KLDivergence extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("klDivergence", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return klDivergence(yTrue, yPred);
  }
}
