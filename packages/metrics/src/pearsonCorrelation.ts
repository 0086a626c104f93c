/** How linearly predictions follow targets. */
import { named, type OptionNames } from "@crease/backend";
import { alignTargets, type CosineSimilarityOptions } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * `cov(yTrue, yPred) / (std(yTrue) std(yPred))` along `axis`, -1 to 1, NaN where one of them is constant: `[n, ..., k]`
 * gives `[n, ...]`.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { pearsonCorrelation } from "@crease/metrics";
 * pearsonCorrelation([[0, 1, 2]], [[1, 3, 5]]); // => [1.]
 * ```
 */
export function pearsonCorrelation(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: CosineSimilarityOptions = {},
): Tensor {
  const { axis = -1 } = options;
  return scope(() => {
    const [targets, predictions] = alignTargets("pearsonCorrelation", yTrue, yPred);
    return standard(targets, axis).mul(standard(predictions, axis)).mean(axis);
  });
}

/** `(x - mean) / std`. */
function standard(x: Tensor, axis: number): Tensor {
  const centred = x.sub(x.mean(axis, { keepDims: true }));
  return centred.div(centred.std(axis, { keepDims: true }));
}

/**
 * The mean over all samples of Pearson's correlation (Keras 3 `PearsonCorrelation`).
 *
 * @example
 * ```ts
 * import { PearsonCorrelation } from "@crease/metrics";
 * const metric = new PearsonCorrelation();
 * metric.update([[0, 1, 2], [0, 1, 2]], [[1, 3, 5], [2, 1, 0]]);
 * metric.result().round(); // => 0.0
 * ```
 */
export class PearsonCorrelation extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<Omit<CosineSimilarityOptions & { readonly name?: string }, "name">> = {
    axis: true,
  };
  readonly axis: number;

  constructor(options: CosineSimilarityOptions & { readonly name?: string } = {}) {
    const { axis = -1 } = options;
    super((yTrue, yPred) => pearsonCorrelation(yTrue, yPred, { axis }), named("pearsonCorrelation", options));
    this.axis = axis;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}
