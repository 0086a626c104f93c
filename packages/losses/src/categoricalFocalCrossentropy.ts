/** The cross-entropy of one-hot labels that counts hard samples more. */
import { named, normalizeAxis, type OptionNames } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { CategoricalCrossentropy, type CategoricalCrossentropyOptions, oneHotFix } from "./categoricalCrossentropy.ts";
import { epsilon } from "./epsilon.ts";
import { type FocalOptions, focalOptions } from "./focalOptions.ts";
import { smoothLabels } from "./labelSmoothing.ts";
import type { LossOptions } from "./loss.ts";

/** How categorical focal cross-entropy reads its inputs and weighs them. */
export interface CategoricalFocalCrossentropyOptions extends CategoricalCrossentropyOptions, FocalOptions {}

/**
 * `-sum(alpha (1 - p)^gamma t log p)` over the classes, with p divided by its sum and clipped to `[1e-7, 1 - 1e-7]`:
 * `[n, ..., c]` gives `[n, ...]` (Keras 3 `categorical_focal_crossentropy`, which takes the softmax of logits).
 *
 * @throws ShapeError where targets and predictions differ in shape; ValueError for a smoothing or `alpha` outside
 *   [0, 1] or a negative `gamma`.
 * @example
 * ```ts
 * import { categoricalFocalCrossentropy } from "@crease/losses";
 * categoricalFocalCrossentropy([[0, 1]], [[0.5, 0.5]]); // => [0.0433217]
 * ```
 */
export function categoricalFocalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: CategoricalFocalCrossentropyOptions = {},
): Tensor {
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  const op = "categoricalFocalCrossentropy";
  const { alpha, gamma } = focalOptions(op, options);
  return scope(() => {
    const [targets, given] = alignTargets(op, yTrue, asTensor(yPred), oneHotFix);
    const at = normalizeAxis(op, axis, given);
    const t = smoothLabels(op, targets, labelSmoothing, given.shape[at] as number);
    const x = fromLogits ? given.softmax(at) : given;
    const p = x.div(x.sum(at, { keepDims: true })).clip(epsilon, 1 - epsilon);
    return p.neg().add(1).pow(gamma).mul(-alpha).mul(t.mul(p.log())).sum(at);
  });
}

/**
 * The loss `categoricalFocalCrossentropy`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { CategoricalFocalCrossentropy } from "@crease/losses";
 * new CategoricalFocalCrossentropy({ alpha: 1, gamma: 0 }).apply([[0, 1]], [[0.5, 0.5]]); // => 0.6931472
 * ```
 */
export class CategoricalFocalCrossentropy extends CategoricalCrossentropy {
  static override readonly ownNames: OptionNames<CategoricalFocalCrossentropyOptions> = {
    fromLogits: true,
    labelSmoothing: true,
    axis: true,
    alpha: true,
    gamma: true,
  };
  readonly alpha: number;
  readonly gamma: number;

  /** @throws ValueError for an `alpha` outside [0, 1] or a negative `gamma`. */
  constructor(options: LossOptions & CategoricalFocalCrossentropyOptions = {}) {
    super(named("categoricalFocalCrossentropy", options));
    const { alpha, gamma } = focalOptions(this.name, options);
    this.alpha = alpha;
    this.gamma = gamma;
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return categoricalFocalCrossentropy(yTrue, yPred, this);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), alpha: this.alpha, gamma: this.gamma };
  }
}
