/** The cosine of the angle between targets and predictions. */
import { named, type OptionNames, requireInteger } from "@crease/backend";
import { type CosineSimilarityOptions, cosineSimilarity } from "@crease/losses";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * The mean of `sum(yTrue / |yTrue| * yPred / |yPred|)` over `axis`: 1 for one direction, -1 for opposite ones, so the
 * loss of that name with its sign turned (Keras 3 `CosineSimilarity`).
 *
 * @example
 * ```ts
 * import { CosineSimilarity } from "@crease/metrics";
 * const metric = new CosineSimilarity();
 * metric.update([[1, 1]], [[1, 0]]);
 * metric.result(); // => 0.7071068
 * ```
 */
export class CosineSimilarity extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<Omit<CosineSimilarityOptions & { readonly name?: string }, "name">> = {
    axis: true,
  };
  readonly axis: number;

  constructor(options: CosineSimilarityOptions & { readonly name?: string } = {}) {
    const { axis = -1 } = options;
    super((yTrue, yPred) => cosineSimilarity(yTrue, yPred, { axis }).neg(), named("cosineSimilarity", options));
    this.axis = axis;
    requireInteger(this.name, "axis", axis);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}
