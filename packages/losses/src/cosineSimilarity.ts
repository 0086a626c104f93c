/** The angle between targets and predictions: -1 for one direction, 1 for opposite ones. */
import { named, type OptionNames, requireInteger } from "@crease/backend";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { alignTargets } from "./align.ts";
import { epsilon } from "./epsilon.ts";
import { Loss, type LossOptions } from "./loss.ts";

/** Along which axis vectors lie. */
export interface CosineSimilarityOptions {
  /** The axis of the vectors, -1 unless given. */
  readonly axis?: number;
}

/**
 * `-sum(yTrue / |yTrue| * yPred / |yPred|)` over `axis`, 0 for a vector of zeros: `[n, ..., k]` gives `[n, ...]` (Keras
 * 3 `cosine_similarity`).
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { cosineSimilarity } from "@crease/losses";
 * cosineSimilarity([[1, 1]], [[1, 0]]); // => [-0.7071068]
 * ```
 */
export function cosineSimilarity(yTrue: TensorLike, yPred: TensorLike, options: CosineSimilarityOptions = {}): Tensor {
  const { axis = -1 } = options;
  return scope(() => {
    const [targets, predictions] = alignTargets("cosineSimilarity", yTrue, yPred);
    return unit(targets, axis).mul(unit(predictions, axis)).sum(axis).neg();
  });
}

/** `x / max(|x|, epsilon)`; the maximum is taken of squares, so that a vector of zeros has a gradient. */
function unit(x: Tensor, axis: number): Tensor {
  return x.mul(
    x
      .square()
      .sum(axis, { keepDims: true })
      .rsqrt()
      .minimum(1 / epsilon),
  );
}

/**
 * The loss `cosineSimilarity`, weighted and reduced.
 *
 * @example
 * ```ts
 * import { CosineSimilarity } from "@crease/losses";
 * new CosineSimilarity().apply([[1, 1]], [[1, 0]]); // => -0.7071068
 * ```
 */
export class CosineSimilarity extends Loss {
  static readonly ownNames: OptionNames<CosineSimilarityOptions> = { axis: true };
  readonly axis: number;

  constructor(options: LossOptions & CosineSimilarityOptions = {}) {
    super(named("cosineSimilarity", options));
    this.axis = options.axis ?? -1;
    requireInteger(this.name, "axis", this.axis);
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return cosineSimilarity(yTrue, yPred, this);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}
