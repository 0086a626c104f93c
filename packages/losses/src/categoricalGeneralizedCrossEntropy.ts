/** A loss between cross-entropy and absolute error, for labels that may be wrong. */
import { named, type OptionNames, requireNumber } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import type { LossOptions } from "./loss.ts";
import { sparseLabels } from "./sparseLabels.ts";
import { SparseLoss } from "./sparseLoss.ts";
import { toFloat } from "./toFloat.ts";

/**
 * `(1 - p[label]^q) / q`: class numbers `[n, ...]` or `[n, ..., 1]` with probabilities `[n, ..., c]` give `[n, ...]`
 * (Keras 3 `categorical_generalized_cross_entropy`; Zhang and Sabuncu 2018). q near 0 is cross-entropy, q = 1 the
 * absolute error.
 *
 * @throws ShapeError where the labels do not match the predictions' leading axes; ValueError for a `q` outside (0, 1),
 *   or for a label outside the classes on backends that check indices.
 * @example
 * ```ts
 * import { categoricalGeneralizedCrossEntropy } from "@crease/losses";
 * categoricalGeneralizedCrossEntropy([1], [[0.75, 0.25]], 0.5); // => [1.]
 * ```
 */
export function categoricalGeneralizedCrossEntropy(yTrue: TensorLike, yPred: TensorLike, q: number): Tensor {
  requireNumber("categoricalGeneralizedCrossEntropy", "q", q, { above: 0, below: 1 });
  return scope(() => {
    const p = toFloat(asTensor(yPred));
    const labels = sparseLabels("categoricalGeneralizedCrossEntropy", yTrue, p);
    const chosen = p.takeAlongAxis(labels.expandDims(-1), -1).squeeze(-1);
    return chosen.pow(q).neg().add(1).div(q);
  });
}

/**
 * The loss `categoricalGeneralizedCrossEntropy`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { CategoricalGeneralizedCrossEntropy } from "@crease/losses";
 * new CategoricalGeneralizedCrossEntropy().apply([1], [[0.75, 0.25]]); // => 1.0
 * ```
 */
export class CategoricalGeneralizedCrossEntropy extends SparseLoss {
  static readonly ownNames: OptionNames<{ readonly q?: number }> = { q: true };
  readonly q: number;

  /** @throws ValueError for a `q` outside (0, 1). */
  constructor(options: LossOptions & { readonly q?: number } = {}) {
    super(named("categoricalGeneralizedCrossEntropy", options));
    this.q = options.q ?? 0.5;
    requireNumber(this.name, "q", this.q, { above: 0, below: 1 });
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return categoricalGeneralizedCrossEntropy(yTrue, yPred, this.q);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), q: this.q };
  }
}
