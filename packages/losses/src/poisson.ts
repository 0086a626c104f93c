/** The negative log-likelihood of counts whose rate was predicted. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean(yPred - yTrue log(yPred + 1e-7))` over the last axis: `[n, ..., k]` gives `[n, ...]` (Keras 3 `poisson`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { poisson } from "@crease/losses";
 * poisson([[1, 2]], [[1, 1]]); // => [0.9999998]
 * ```
 */
export function poisson(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("poisson", yTrue, yPred);
    return predictions.sub(targets.mul(predictions.add(epsilon).log())).mean(-1);
  });
}

/**
 * The loss `poisson`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { Poisson } from "@crease/losses";
 * new Poisson().apply([[1, 2]], [[1, 1]]); // => 0.9999998
 * ```
 */
export class Poisson extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("poisson", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return poisson(yTrue, yPred);
  }
}
