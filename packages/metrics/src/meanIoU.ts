/** The intersection over union, averaged over all classes. */
import { named } from "@crease/backend";
import { IoU, type MeanIoUOptions } from "./iou.ts";

/**
 * The mean over all classes of `truePositives / (truePositives + falsePositives + falseNegatives)`; classes that
 * neither labels nor predictions hold do not count (Keras 3 `MeanIoU`).
 *
 * @throws ValueError for a number of classes that is no positive integer.
 * @example
 * ```ts
 * import { MeanIoU } from "@crease/metrics";
 * const metric = new MeanIoU({ numClasses: 2 });
 * metric.update([0, 0, 1, 1], [0, 1, 0, 1]);
 * metric.result(); // => 0.3333333
 * ```
 */
export class MeanIoU extends IoU {
  constructor(options: MeanIoUOptions) {
    super({ ...named("meanIoU", options), targetClassIds: allClasses(options.numClasses) });
  }

  override getConfig(): Record<string, unknown> {
    const { targetClassIds: _, ...config } = super.getConfig();
    return config;
  }
}

/** 0 to `numClasses - 1`; none for what is no number of classes. */
export function allClasses(numClasses: number): number[] {
  return Number.isSafeInteger(numClasses) && numClasses > 0 ? Array.from({ length: numClasses }, (_, i) => i) : [];
}
