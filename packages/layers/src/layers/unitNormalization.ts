/** The layer that gives vectors length 1. */
import { type DType, isFloat, type OptionNames } from "@crease/backend";
import { scope, type Tensor } from "@crease/tensor";
import { axesIn, requireAxes } from "../axes.ts";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";
import { unitLength } from "../unitLength.ts";

/** What `UnitNormalization` takes. */
export interface UnitNormalizationOptions extends LayerOptions {
  /** One axis or several whose squares are summed together, default the last. */
  readonly axis?: number | readonly number[] | undefined;
}

/**
 * `x / sqrt(sum(x^2))` with the sum over `axis`; 0 stays 0. Keras 3 `UnitNormalization`.
 *
 * @throws AxisError for an axis out of range.
 * @example
 * ```ts
 * import { UnitNormalization } from "@crease/layers";
 * new UnitNormalization().apply([[3, 4]]).toString(); // => [[0.6 0.8]]
 * ```
 */
export class UnitNormalization extends UnaryLayer {
  static readonly className: string = "UnitNormalization";
  static readonly ownNames: OptionNames<Omit<UnitNormalizationOptions, keyof LayerOptions>> = { axis: true };
  override readonly supportsMasking: boolean = true;
  readonly axis: number | readonly number[];

  constructor(options: UnitNormalizationOptions = {}) {
    super(options);
    const { axis = -1 } = options;
    requireAxes("UnitNormalization", axis);
    this.axis = axis;
  }

  override call(x: Tensor): Tensor {
    const axes = axesIn("UnitNormalization", this.axis, x.shape);
    return scope(() => unitLength(isFloat(x.dtype) ? x : x.cast(this.dtype), axes));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    axesIn("UnitNormalization", this.axis, inputShape);
    return inputShape;
  }

  override computeOutputDType(inputDType: DType): DType {
    return isFloat(inputDType) ? inputDType : this.dtype;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}
