/** How little two regions overlap, by Dice's coefficient. */
import { named, type OptionNames, requireInteger } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/** Over which axes regions lie. */
export interface DiceOptions {
  /** The axes that are summed over; all unless given, which makes one region of the batch. */
  readonly axis?: number | readonly number[] | null;
}

/**
 * `1 - 2 sum(yTrue yPred) / (sum(yTrue) + sum(yPred) + 1e-7)` over `axis` (Keras 3 `dice`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { dice } from "@crease/losses";
 * dice([[1, 0], [1, 1]], [[1, 1], [1, 0]], { axis: 1 }); // => [0.33333334 0.33333334]
 * ```
 */
export function dice(yTrue: TensorLike, yPred: TensorLike, options: DiceOptions = {}): Tensor {
  const { axis = null } = options;
  return scope(() => {
    const [targets, predictions] = alignTargets("dice", yTrue, yPred);
    const common = targets.mul(predictions).sum(axis).mul(2);
    return common
      .div(targets.sum(axis).add(predictions.sum(axis)).add(epsilon))
      .neg()
      .add(1);
  });
}

/**
 * The loss `dice`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { Dice } from "@crease/losses";
 * new Dice().apply([[1, 0], [1, 1]], [[1, 1], [1, 0]]); // => 0.3333333
 * ```
 */
export class Dice extends Loss {
  static readonly ownNames: OptionNames<DiceOptions> = { axis: true };
  readonly axis: number | readonly number[] | null;

  constructor(options: LossOptions & DiceOptions = {}) {
    super(named("dice", options));
    this.axis = options.axis ?? null;
    for (const axis of [this.axis ?? []].flat()) requireInteger(this.name, "axis", axis);
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return dice(yTrue, yPred, this);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}
