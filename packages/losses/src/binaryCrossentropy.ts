/** The cross-entropy of yes-or-no labels. */
import { named, type OptionNames, requireInteger, requireNumber } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { binaryEntropy } from "./binaryEntropy.ts";
import { logitsOf } from "./logitsOf.ts";
import { Loss, type LossOptions } from "./loss.ts";
import { requireProbabilities } from "./requireProbabilities.ts";

/** How binary cross-entropy reads its inputs. */
export interface BinaryCrossentropyOptions {
  /** True where predictions are logits, any real numbers, instead of probabilities. */
  readonly fromLogits?: boolean;
  /** Moves targets towards 1/2 by this fraction. */
  readonly labelSmoothing?: number;
  /** The axis that is averaged over, -1 unless given. */
  readonly axis?: number;
}

/**
 * `mean(-t log p - (1 - t) log(1 - p))` over `axis` (Keras 3 `binary_crossentropy`). With logits, or probabilities
 * that sigmoid left its logits on, `max(x, 0) - x t + log(1 + e^-|x|)`, which never overflows; other probabilities
 * are clipped to `[1e-7, 1 - 1e-7]`.
 *
 * @throws ShapeError where targets and predictions differ in shape; ValueError for a smoothing outside [0, 1].
 * @example
 * ```ts
 * import { binaryCrossentropy } from "@crease/losses";
 * binaryCrossentropy([[1, 0]], [[0.5, 0.5]]); // => [0.6931472]
 * ```
 */
export function binaryCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: BinaryCrossentropyOptions = {},
): Tensor {
  return scope(() => binaryEntropy("binaryCrossentropy", yTrue, yPred, options).entropy.mean(options.axis ?? -1));
}

/**
 * The loss `binaryCrossentropy`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { BinaryCrossentropy } from "@crease/losses";
 * new BinaryCrossentropy({ fromLogits: true }).apply([[1], [0]], [[0], [0]]); // => 0.6931472
 * ```
 */
export class BinaryCrossentropy extends Loss {
  static readonly ownNames: OptionNames<BinaryCrossentropyOptions> = {
    fromLogits: true,
    labelSmoothing: true,
    axis: true,
  };
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: LossOptions & BinaryCrossentropyOptions = {}) {
    super(named("binaryCrossentropy", options));
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
    requireNumber(this.name, "labelSmoothing", this.labelSmoothing, { min: 0, max: 1 });
    requireInteger(this.name, "axis", this.axis);
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return binaryCrossentropy(yTrue, yPred, this);
  }

  override check(_yTrue: Tensor, yPred: Tensor): void {
    if (!this.fromLogits && logitsOf(yPred, "sigmoid") === undefined) requireProbabilities(this.name, yPred, 1);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, labelSmoothing: this.labelSmoothing, axis: this.axis };
  }
}
