/** The logarithm of the hyperbolic cosine of the differences. */
import { named } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { Loss, type LossOptions } from "./loss.ts";

/**
 * `mean(log(cosh(e)))` over the last axis with `e = yPred - yTrue`, as `e + softplus(-2 e) - log 2`, which does not
 * overflow: `[n, ..., k]` gives `[n, ...]` (Keras 3 `log_cosh`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { logCosh } from "@crease/losses";
 * logCosh([[0]], [[1]]); // => [0.4337808]
 * ```
 */
export function logCosh(yTrue: TensorLike, yPred: TensorLike): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("logCosh", yTrue, yPred);
    const error = predictions.sub(targets);
    return error.add(error.mul(-2).softplus()).sub(Math.LN2).mean(-1);
  });
}

/**
 * The loss `logCosh`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { LogCosh } from "@crease/losses";
 * new LogCosh().apply([[0]], [[1]]); // => 0.4337808
 * ```
 */
export class LogCosh extends Loss {
  static readonly ownNames: object = {};
  constructor(options: LossOptions = {}) {
    super(named("logCosh", options));
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return logCosh(yTrue, yPred);
  }
}
