/** The cross-entropy of yes-or-no labels that counts hard samples more. */
import { named, type OptionNames } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { BinaryCrossentropy, type BinaryCrossentropyOptions } from "./binaryCrossentropy.ts";
import { binaryEntropy } from "./binaryEntropy.ts";
import { type FocalOptions, focalOptions } from "./focalOptions.ts";
import type { LossOptions } from "./loss.ts";

/** How binary focal cross-entropy weighs its samples. */
export interface BinaryFocalCrossentropyOptions extends BinaryCrossentropyOptions, FocalOptions {
  /** True to weigh label 1 with `alpha` and label 0 with `1 - alpha`. */
  readonly applyClassBalancing?: boolean;
}

/**
 * `mean((1 - q)^gamma (-t log p - (1 - t) log(1 - p)))` over `axis`, with `q = t p + (1 - t)(1 - p)`; class
 * balancing adds the factor `t alpha + (1 - t)(1 - alpha)` (Keras 3 `binary_focal_crossentropy`). Logits, also those
 * that sigmoid left on its output, and the logarithms of probabilities are treated as in `binaryCrossentropy`.
 *
 * @throws ShapeError where targets and predictions differ in shape; ValueError for a smoothing or `alpha` outside
 *   [0, 1] or a negative `gamma`.
 * @example
 * ```ts
 * import { binaryFocalCrossentropy } from "@crease/losses";
 * binaryFocalCrossentropy([[1, 0]], [[0.5, 0.5]]); // => [0.1732868]
 * ```
 */
export function binaryFocalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: BinaryFocalCrossentropyOptions = {},
): Tensor {
  const op = "binaryFocalCrossentropy";
  const { axis = -1, applyClassBalancing = false } = options;
  const { alpha, gamma } = focalOptions(op, options);
  return scope(() => {
    const { targets: t, probabilities, entropy } = binaryEntropy(op, yTrue, yPred, options);
    const p = probabilities();
    const right = t.mul(p).add(t.neg().add(1).mul(p.neg().add(1)));
    const focal = right.neg().add(1).pow(gamma).mul(entropy);
    return (applyClassBalancing ? focal.mul(t.mul(2 * alpha - 1).add(1 - alpha)) : focal).mean(axis);
  });
}

/**
 * The loss `binaryFocalCrossentropy`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { BinaryFocalCrossentropy } from "@crease/losses";
 * new BinaryFocalCrossentropy({ gamma: 0 }).apply([[1, 0]], [[0.5, 0.5]]); // => 0.6931472
 * ```
 */
export class BinaryFocalCrossentropy extends BinaryCrossentropy {
  static override readonly ownNames: OptionNames<BinaryFocalCrossentropyOptions> = {
    fromLogits: true,
    labelSmoothing: true,
    axis: true,
    alpha: true,
    gamma: true,
    applyClassBalancing: true,
  };
  readonly applyClassBalancing: boolean;
  readonly alpha: number;
  readonly gamma: number;

  /** @throws ValueError for an `alpha` outside [0, 1] or a negative `gamma`. */
  constructor(options: LossOptions & BinaryFocalCrossentropyOptions = {}) {
    super(named("binaryFocalCrossentropy", options));
    const { alpha, gamma } = focalOptions(this.name, options);
    this.applyClassBalancing = options.applyClassBalancing ?? false;
    this.alpha = alpha;
    this.gamma = gamma;
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return binaryFocalCrossentropy(yTrue, yPred, this);
  }

  override getConfig(): Record<string, unknown> {
    const { applyClassBalancing, alpha, gamma } = this;
    return { ...super.getConfig(), applyClassBalancing, alpha, gamma };
  }
}
