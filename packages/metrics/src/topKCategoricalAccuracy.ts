/** How often the one-hot label is among the largest predictions. */
import { named, type OptionNames, requireInteger } from "@crease/backend";
import { alignTargets } from "@crease/losses";
import { scope, type Tensor, type TensorLike } from "@crease/tensor";
import { inTopK, type TopKOptions } from "./inTopK.ts";
import { MeanMetricWrapper } from "./meanMetricWrapper.ts";

/**
 * 1 where fewer than `k` predictions of the last axis exceed that of the one-hot label, else 0: `[n, ..., c]` gives
 * `[n, ...]`.
 *
 * @throws ShapeError where targets and predictions differ in shape.
 * @example
 * ```ts
 * import { topKCategoricalAccuracy } from "@crease/metrics";
 * topKCategoricalAccuracy([[0, 0, 1], [1, 0, 0]], [[0.1, 0.7, 0.2], [0.1, 0.5, 0.4]], { k: 2 }); // => [1. 0.]
 * ```
 */
export function topKCategoricalAccuracy(yTrue: TensorLike, yPred: TensorLike, options: TopKOptions = {}): Tensor {
  return scope(() => {
    const [targets, predictions] = alignTargets("topKCategoricalAccuracy", yTrue, yPred);
    return inTopK(targets.argMax(-1), predictions, options.k ?? 5);
  });
}

/**
 * The share of samples whose one-hot label is among the `k` largest predictions (Keras 3 `TopKCategoricalAccuracy`).
 *
 * @example
 * ```ts
 * import { TopKCategoricalAccuracy } from "@crease/metrics";
 * const metric = new TopKCategoricalAccuracy({ k: 2 });
 * metric.update([[0, 0, 1], [1, 0, 0]], [[0.1, 0.7, 0.2], [0.1, 0.5, 0.4]]);
 * metric.result(); // => 0.5
 * ```
 */
export class TopKCategoricalAccuracy extends MeanMetricWrapper {
  static readonly ownNames: OptionNames<Omit<TopKOptions & { readonly name?: string }, "name">> = { k: true };
  readonly k: number;

  constructor(options: TopKOptions & { readonly name?: string } = {}) {
    const { k = 5 } = options;
    super((yTrue, yPred) => topKCategoricalAccuracy(yTrue, yPred, { k }), named("topKCategoricalAccuracy", options));
    this.k = k;
    requireInteger(this.name, "k", k, { min: 1 });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), k: this.k };
  }
}
