/** Squared differences where they are small, absolute ones where they are large. */
import { named, type OptionNames, requireNumber } from "@crease/backend";
import { scope, type Tensor, type TensorLike, where } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { Loss, type LossOptions } from "./loss.ts";

/** How far errors count as small. */
export interface HuberOptions {
  /** The size of error where the loss turns from square to straight, 1 unless given. */
  readonly delta?: number;
}

/**
 * The mean over the last axis of `e^2 / 2` where `|e| <= delta`, else `delta |e| - delta^2 / 2`, with
 * `e = yPred - yTrue`: `[n, ..., k]` gives `[n, ...]` (Keras 3 `huber`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { huber } from "@crease/losses";
 * huber([[0, 0]], [[0.5, 3]]); // => [1.3125]
 * ```
 */
export function huber(yTrue: TensorLike, yPred: TensorLike, options: HuberOptions = {}): Tensor {
  const { delta = 1 } = options;
  return scope(() => {
    const [targets, predictions] = alignTargets("huber", yTrue, yPred);
    const error = predictions.sub(targets);
    const size = error.abs();
    const far = size.mul(delta).sub((delta * delta) / 2);
    return where(size.lessEqual(delta), error.square().mul(0.5), far).mean(-1);
  });
}

/**
 * The loss `huber`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { Huber } from "@crease/losses";
 * new Huber().apply([[0, 0]], [[0.5, 3]]); // => 1.3125
 * ```
 */
export class Huber extends Loss {
  static readonly ownNames: OptionNames<HuberOptions> = { delta: true };
  readonly delta: number;

  constructor(options: LossOptions & HuberOptions = {}) {
    super(named("huber", options));
    this.delta = options.delta ?? 1;
    requireNumber(this.name, "delta", this.delta, { above: 0 });
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return huber(yTrue, yPred, this);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), delta: this.delta };
  }
}
