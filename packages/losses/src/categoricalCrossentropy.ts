/** The cross-entropy of one-hot labels or other distributions over classes. */
import { named, normalizeAxis, type OptionNames, requireInteger, requireNumber } from "@crease/backend";
import { asTensor, run, scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { classesLast } from "./classesLast.ts";
import { epsilon } from "./epsilon.ts";
import { smoothLabels } from "./labelSmoothing.ts";
import { logitsOf } from "./logitsOf.ts";
import { Loss, type LossOptions } from "./loss.ts";
import { requireProbabilities } from "./requireProbabilities.ts";

/** How categorical cross-entropy reads its inputs. */
export interface CategoricalCrossentropyOptions {
  /** True where predictions are logits, any real numbers, instead of probabilities. */
  readonly fromLogits?: boolean;
  /** Moves targets towards the uniform distribution by this fraction. */
  readonly labelSmoothing?: number;
  /** The axis of the classes, -1 unless given. */
  readonly axis?: number;
}

/** What errors say where class numbers stand for one-hot rows. */
export const oneHotFix =
  "Give a one-hot row for each row of class scores; for class numbers use sparseCategoricalCrossentropy";

/**
 * `-sum(t log p)` over the classes: `[n, ..., c]` gives `[n, ...]` (Keras 3 `categorical_crossentropy`). Logits, also
 * those that softmax left on its output, go through the composite `softmaxCrossEntropy`; other probabilities are
 * divided by their sum and clipped to `[1e-7, 1 - 1e-7]`.
 *
 * @throws ShapeError where targets and predictions differ in shape; ValueError for a smoothing outside [0, 1].
 * @example
 * ```ts
 * import { categoricalCrossentropy } from "@crease/losses";
 * categoricalCrossentropy([[0, 1]], [[0.5, 0.5]]); // => [0.6931472]
 * ```
 */
export function categoricalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: CategoricalCrossentropyOptions = {},
): Tensor {
  const { fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  const op = "categoricalCrossentropy";
  return scope(() => {
    const given = asTensor(yPred);
    const at = normalizeAxis(op, axis, given);
    const logits = fromLogits ? given : at === given.ndim - 1 ? logitsOf(given, "softmax") : undefined;
    const [targets, x] = alignTargets(op, yTrue, logits ?? given, oneHotFix);
    const smooth = smoothLabels(op, targets, labelSmoothing, x.shape[at] as number);
    if (logits !== undefined) return run("softmaxCrossEntropy", [classesLast(x, at), classesLast(smooth, at)], {})[0];
    const p = x.div(x.sum(at, { keepDims: true })).clip(epsilon, 1 - epsilon);
    return smooth.mul(p.log()).sum(at).neg();
  });
}

/**
 * The loss `categoricalCrossentropy`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { CategoricalCrossentropy } from "@crease/losses";
 * new CategoricalCrossentropy({ fromLogits: true }).apply([[0, 1]], [[3, 3]]); // => 0.6931472
 * ```
 */
export class CategoricalCrossentropy extends Loss {
  static readonly ownNames: OptionNames<CategoricalCrossentropyOptions> = {
    fromLogits: true,
    labelSmoothing: true,
    axis: true,
  };
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(options: LossOptions & CategoricalCrossentropyOptions = {}) {
    super(named("categoricalCrossentropy", options));
    this.fromLogits = options.fromLogits ?? false;
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.axis = options.axis ?? -1;
    requireNumber(this.name, "labelSmoothing", this.labelSmoothing, { min: 0, max: 1 });
    requireInteger(this.name, "axis", this.axis);
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return categoricalCrossentropy(yTrue, yPred, this);
  }

  override check(_yTrue: Tensor, yPred: Tensor): void {
    if (!this.fromLogits && logitsOf(yPred, "softmax") === undefined)
      requireProbabilities(this.name, yPred, Number.POSITIVE_INFINITY);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, labelSmoothing: this.labelSmoothing, axis: this.axis };
  }
}
