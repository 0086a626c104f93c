/** How little two regions overlap, with weights for both kinds of mistakes. */
import { named, type OptionNames, requireInteger, requireNumber } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import type { DiceOptions } from "./dice.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/** Over which axes regions lie, and what mistakes cost. */
export interface TverskyOptions extends DiceOptions {
  /** The weight of `yTrue (1 - yPred)`, 0.5 unless given. */
  readonly alpha?: number;
  /** The weight of `(1 - yTrue) yPred`, 0.5 unless given. */
  readonly beta?: number;
}

/**
 * `1 - c / (c + alpha sum(yTrue (1 - yPred)) + beta sum((1 - yTrue) yPred) + 1e-7)` with `c = sum(yTrue yPred)`, all
 * over `axis` (Keras 3 `tversky`); both weights 0.5 make it Dice's.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { tversky } from "@crease/losses";
 * tversky([[1, 0], [1, 1]], [[1, 1], [1, 0]], { alpha: 1, beta: 1 }); // => 0.5
 * ```
 */
export function tversky(yTrue: TensorLike, yPred: TensorLike, options: TverskyOptions = {}): Tensor {
  const { alpha = 0.5, beta = 0.5, axis = null } = options;
  return scope(() => {
    const [targets, predictions] = alignTargets("tversky", yTrue, yPred);
    const common = targets.mul(predictions).sum(axis);
    const missed = predictions.neg().add(1).mul(targets).sum(axis);
    const wrong = targets.neg().add(1).mul(predictions).sum(axis);
    return common
      .div(common.add(missed.mul(alpha)).add(wrong.mul(beta)).add(epsilon))
      .neg()
      .add(1);
  });
}

/**
 * The loss `tversky`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { Tversky } from "@crease/losses";
 * new Tversky().apply([[1, 0], [1, 1]], [[1, 1], [1, 0]]); // => 0.3333333
 * ```
 */
export class Tversky extends Loss {
  static readonly ownNames: OptionNames<TverskyOptions> = { axis: true, alpha: true, beta: true };
  readonly alpha: number;
  readonly beta: number;
  readonly axis: number | readonly number[] | null;

  constructor(options: LossOptions & TverskyOptions = {}) {
    super(named("tversky", options));
    this.alpha = options.alpha ?? 0.5;
    this.beta = options.beta ?? 0.5;
    this.axis = options.axis ?? null;
    requireNumber(this.name, "alpha", this.alpha, { min: 0 });
    requireNumber(this.name, "beta", this.beta, { min: 0 });
    for (const axis of [this.axis ?? []].flat()) requireInteger(this.name, "axis", axis);
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return tversky(yTrue, yPred, this);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), alpha: this.alpha, beta: this.beta, axis: this.axis };
  }
}
