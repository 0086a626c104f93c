/** The cross-entropy of labels given as class numbers. */
import { named, normalizeAxis, type OptionNames, requireInteger, ValueError } from "@crease/backend";
import { asTensor, run, scope, type Tensor, type TensorLike, where } from "@crease/tensor";
import { classesLast } from "./classesLast.ts";
import { epsilon } from "./epsilon.ts";
import { logitsOf } from "./logitsOf.ts";
import type { LossOptions } from "./loss.ts";
import { requireProbabilities } from "./requireProbabilities.ts";
import { sparseLabels } from "./sparseLabels.ts";
import { SparseLoss } from "./sparseLoss.ts";
import { toFloat } from "./toFloat.ts";

/** How sparse categorical cross-entropy reads its inputs. */
export interface SparseCategoricalCrossentropyOptions {
  /** True where predictions are logits, any real numbers, instead of probabilities. */
  readonly fromLogits?: boolean;
  /** A label whose samples do not count: their loss is 0, and a mean leaves them out. */
  readonly ignoreClass?: number | null;
  /** The axis of the classes, -1 unless given. */
  readonly axis?: number;
}

/**
 * `-log p[label]`: labels `[n, ...]` or `[n, ..., 1]` of any number type with predictions `[n, ..., c]` give `[n, ...]`
 * (Keras 3 `sparse_categorical_crossentropy`). Logits, also those that softmax left on its output, go through the
 * composite `softmaxCrossEntropy`; so does the logarithm of other probabilities, clipped to `[1e-7, 1 - 1e-7]`.
 *
 * @throws ShapeError where the labels do not match the predictions' leading axes; ValueError for a label outside the
 *   classes, with its position, on backends that check indices.
 * @example
 * ```ts
 * import { sparseCategoricalCrossentropy } from "@crease/losses";
 * sparseCategoricalCrossentropy([1, 0], [[0.5, 0.5], [0.25, 0.75]]); // => [0.6931472 1.3862944]
 * ```
 */
export function sparseCategoricalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: SparseCategoricalCrossentropyOptions = {},
): Tensor {
  const { fromLogits = false, ignoreClass = null, axis = -1 } = options;
  const op = "sparseCategoricalCrossentropy";
  return scope(() => {
    const given = asTensor(yPred);
    const at = normalizeAxis(op, axis, given);
    const logits = fromLogits ? given : at === given.ndim - 1 ? logitsOf(given, "softmax") : undefined;
    const x = classesLast(toFloat(logits ?? given), at);
    const labels = sparseLabels(op, yTrue, x);
    const counts = ignoreClass === null ? undefined : labels.notEqual(ignoreClass);
    const scores = counts === undefined ? x : where(counts.expandDims(-1), x, 0);
    const classes = counts === undefined ? labels : where(counts, labels, 0);
    const values = logits === undefined ? scores.clip(epsilon, 1 - epsilon).log() : scores;
    const losses = crossEntropy(op, values, classes);
    return counts === undefined ? losses : where(counts, losses, 0);
  });
}

/** The composite, whose complaint about a bad index becomes one about a label. */
function crossEntropy(op: string, logits: Tensor, labels: Tensor): Tensor {
  try {
    return run("softmaxCrossEntropy", [logits, labels], {})[0];
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new ValueError({
      op,
      problem: cause.problem.replace("index", "label").replace(" is outside", " of the batch is outside"),
      got: [labels, logits],
      fix: "Labels are class numbers from 0 on; one that stands for no class can be the `ignoreClass`",
      cause,
    });
  }
}

/**
 * The loss `sparseCategoricalCrossentropy`, weighted and reduced; samples of `ignoreClass` do not count in a mean.
 *
 * @example
 * ```ts
 * import { SparseCategoricalCrossentropy } from "@crease/losses";
 * const loss = new SparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: -1 });
 * loss.apply([0, -1], [[2, 2], [9, 1]]); // => 0.6931472
 * ```
 */
export class SparseCategoricalCrossentropy extends SparseLoss {
  static readonly ownNames: OptionNames<SparseCategoricalCrossentropyOptions> = {
    fromLogits: true,
    ignoreClass: true,
    axis: true,
  };
  readonly fromLogits: boolean;
  readonly ignoreClass: number | null;
  readonly axis: number;

  constructor(options: LossOptions & SparseCategoricalCrossentropyOptions = {}) {
    super(named("sparseCategoricalCrossentropy", options));
    this.fromLogits = options.fromLogits ?? false;
    this.ignoreClass = options.ignoreClass ?? null;
    this.axis = options.axis ?? -1;
    if (this.ignoreClass !== null) requireInteger(this.name, "ignoreClass", this.ignoreClass);
    requireInteger(this.name, "axis", this.axis);
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return sparseCategoricalCrossentropy(yTrue, yPred, this);
  }

  override mask(yTrue: Tensor, yPred: Tensor): Tensor | undefined {
    if (this.ignoreClass === null) return undefined;
    return sparseLabels(this.name, yTrue, classesLast(yPred, normalizeAxis(this.name, this.axis, yPred))).notEqual(
      this.ignoreClass,
    );
  }

  override check(_yTrue: Tensor, yPred: Tensor): void {
    if (!this.fromLogits && logitsOf(yPred, "softmax") === undefined)
      requireProbabilities(this.name, yPred, Number.POSITIVE_INFINITY);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, ignoreClass: this.ignoreClass, axis: this.axis };
  }
}
