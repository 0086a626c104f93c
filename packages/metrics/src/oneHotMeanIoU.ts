/** The intersection over union of one-hot labels, averaged over all classes. */
import { named } from "@crease/backend";
import { allClasses } from "./meanIoU.ts";
import { OneHotIoU, type OneHotMeanIoUOptions } from "./oneHotIoU.ts";

/**
 * `MeanIoU` for one-hot labels and, unless `sparseYPred` says otherwise, class scores, both `[n, ..., classes]` (Keras
 * 3 `OneHotMeanIoU`).
 *
 * @throws ValueError for a number of classes that is no positive integer.
 * @example
 * ```ts
 * import { OneHotMeanIoU } from "@crease/metrics";
 * const metric = new OneHotMeanIoU({ numClasses: 2 });
 * metric.update([[1, 0], [0, 1], [0, 1]], [[0.6, 0.4], [0.3, 0.7], [0.9, 0.1]]);
 * metric.result(); // => 0.5
 * ```
 */
export class OneHotMeanIoU extends OneHotIoU {
  constructor(options: OneHotMeanIoUOptions) {
    super({ ...named("oneHotMeanIoU", options), targetClassIds: allClasses(options.numClasses) });
  }

  override getConfig(): Record<string, unknown> {
    const { targetClassIds: _, ...config } = super.getConfig();
    return config;
  }
}
