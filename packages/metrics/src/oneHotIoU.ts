/** The intersection over union of one-hot labels. */
import { named } from "@crease/backend";
import { IoU, type OverlapOptions } from "./iou.ts";

/** What `OneHotMeanIoU` takes. */
export interface OneHotMeanIoUOptions extends OverlapOptions {
  readonly numClasses: number;
}

/** What `OneHotIoU` takes. */
export interface OneHotIoUOptions extends OneHotMeanIoUOptions {
  /** The classes whose intersections over unions are averaged. */
  readonly targetClassIds: readonly number[];
}

/**
 * `IoU` for one-hot labels and, unless `sparseYPred` says otherwise, class scores, both `[n, ..., classes]` (Keras 3
 * `OneHotIoU`).
 *
 * @throws ValueError for a number of classes that is no positive integer, or a target outside them.
 * @example
 * ```ts
 * import { OneHotIoU } from "@crease/metrics";
 * const metric = new OneHotIoU({ numClasses: 2, targetClassIds: [1] });
 * metric.update([[1, 0], [0, 1], [0, 1]], [[0.6, 0.4], [0.3, 0.7], [0.9, 0.1]]);
 * metric.result(); // => 0.5
 * ```
 */
export class OneHotIoU extends IoU {
  constructor(options: OneHotIoUOptions) {
    super({ sparseYPred: false, ...named("oneHotIoU", options), sparseYTrue: false });
  }

  override getConfig(): Record<string, unknown> {
    const { sparseYTrue: _, ...config } = super.getConfig();
    return config;
  }
}
