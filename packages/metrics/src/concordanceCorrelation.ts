/** How closely predictions agree with targets. */
import { named, type OptionNames } from "@crease/backend";
import { alignTargets, type CosineSimilarityOptions } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/** Keeps the divisor from being 0: Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

/**
 * `2 cov(yTrue, yPred) / (var(yTrue) + var(yPred) + (mean(yTrue) - mean(yPred))^2 + 1e-7)` along `axis`, -1 to 1:
 * Pearson's correlation that a shift or another scale lowers (Lin 1989); `[n, ..., k]` gives `[n, ...]`.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { concordanceCorrelation } from "@crease/metrics";
 * concordanceCorrelation([[0, 1, 2]], [[1, 2, 3]]); // => [0.5714286]
 * ```
 */
export function concordanceCorrelation(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: CosineSimilarityOptions = {},
): Tensor {
  const { axis = -1 } = options;
  return scope(() => {
    const [targets, predictions] = alignTargets("concordanceCorrelation", yTrue, yPred);
    const trueMean = targets.mean(axis, { keepDims: true });
    const predictedMean = predictions.mean(axis, { keepDims: true });
    const [a, b] = [targets.sub(trueMean), predictions.sub(predictedMean)];
    const shift = trueMean.sub(predictedMean).square().squeeze(axis);
    const spread = a.square().mean(axis).add(b.square().mean(axis)).add(shift).add(EPSILON);
    return a.mul(b).mean(axis).mul(2).div(spread);
  });
}

/**
 * The mean over all samples of the concordance correlation (Keras 3 `ConcordanceCorrelation`).
 *
 * @example
 * ```ts
 * import { ConcordanceCorrelation } from "@crease/metrics";
 * const metric = new ConcordanceCorrelation();
 * metric.update([[0, 1, 2]], [[1, 2, 3]]);
 * metric.result(); // => 0.5714286
 * ```
 */
export class ConcordanceCorrelation extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<Omit<CosineSimilarityOptions & { readonly name?: string }, "name">> = {
    axis: true,
  };
  readonly axis: number;

  constructor(options: CosineSimilarityOptions & { readonly name?: string } = {}) {
    const { axis = -1 } = options;
    super((yTrue, yPred) => concordanceCorrelation(yTrue, yPred, { axis }), named("concordanceCorrelation", options));
    this.axis = axis;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}
