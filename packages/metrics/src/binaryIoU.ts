/** The intersection over union of yes-or-no labels. */
import { named, type OptionNames, requireNumber } from "@crease/backend";
import { asTensor, scope, type TensorLike } from "@crease/tensor";
import { IoU, type IoUOptions, type OverlapOptions } from "./iou.ts";
import type { UpdateOptions } from "./metric.ts";

/** What `BinaryIoU` takes. */
export interface BinaryIoUOptions extends Pick<OverlapOptions, "dtype" | "name"> {
  /** 0, 1 or both, which is the default. */
  readonly targetClassIds?: readonly number[];
  /** A prediction from it on is a yes; 0.5 unless given. */
  readonly threshold?: number;
}

/**
 * `IoU` of the two classes of `yPred >= threshold`, labels 0 and 1 (Keras 3 `BinaryIoU`).
 *
 * @example
 * ```ts
 * import { BinaryIoU } from "@crease/metrics";
 * const metric = new BinaryIoU({ threshold: 0.3 });
 * metric.update([0, 1, 0, 1], [0.1, 0.2, 0.4, 0.7]);
 * metric.result(); // => 0.3333333
 * ```
 */
export class BinaryIoU extends IoU {
  static override readonly ownNames: OptionNames<Omit<IoUOptions & BinaryIoUOptions, "name">> = {
    ...IoU.ownNames,
    threshold: true,
  };
  readonly threshold: number;

  /** @throws ValueError for a target other than 0 and 1, or a threshold outside [0, 1]. */
  constructor(options: BinaryIoUOptions = {}) {
    super({ targetClassIds: [0, 1], ...named("binaryIoU", options), numClasses: 2 });
    this.threshold = options.threshold ?? 0.5;
    requireNumber(this.name, "threshold", this.threshold, { min: 0, max: 1 });
  }

  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const decisions = asTensor(yPred).greaterEqual(this.threshold);
      super.update(yTrue, decisions.cast("int32"), options);
    });
  }

  override getConfig(): Record<string, unknown> {
    const { name, targetClassIds, threshold, dtype } = this;
    return { name, targetClassIds, threshold, dtype };
  }
}
