/** The layer that sets padding to 0. */
import { type OptionNames, requireNumber } from "@crease/backend";
import { scope, type Tensor, where } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Masking` takes. */
export interface MaskingOptions extends LayerOptions {
  /** What all features of a padded step are, default 0. */
  readonly maskValue?: number | undefined;
}

/**
 * The input with 0 for each step, a vector along the last axis, whose features are all `maskValue`; its `mask` says
 * which steps count. Keras 3 `Masking`.
 *
 * @example
 * ```ts
 * import { Masking } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * const layer = new Masking({ maskValue: 9 });
 * const x = tensor([[[1, 9], [9, 9]]]);
 * layer.apply(x).toString(); // => [[[1. 9.] [0. 0.]]]
 * layer.apply(x).mask?.toString(); // => [[ True False]]
 * ```
 */
export class Masking extends UnaryLayer {
  static readonly className: string = "Masking";
  static readonly ownNames: OptionNames<Omit<MaskingOptions, keyof LayerOptions>> = { maskValue: true };
  override readonly supportsMasking: boolean = true;
  readonly maskValue: number;

  constructor(options: MaskingOptions = {}) {
    super(options);
    const { maskValue = 0 } = options;
    requireNumber("Masking", "maskValue", maskValue);
    this.maskValue = maskValue;
  }

  override call(x: Tensor): Tensor {
    return scope(() => where(x.notEqual(this.maskValue).any(-1, { keepDims: true }), x, 0));
  }

  /** True for the steps that count. */
  override computeMask(x: Tensor): Tensor {
    return scope(() => x.notEqual(this.maskValue).any(-1));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), maskValue: this.maskValue };
  }
}
