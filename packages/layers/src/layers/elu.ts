/** The layer of the activation elu. */
import { type OptionNames, requireNumber } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { elu } from "../activations/elu.ts";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `ELU` takes. */
export interface ELUOptions extends LayerOptions {
  /** Default 1. */
  readonly alpha?: number | undefined;
}

/**
 * `x` where `x > 0`, else `alpha * (e^x - 1)`. Keras 3 `ELU`.
 *
 * @throws ValueError where alpha is no number.
 * @example
 * ```ts
 * import { ELU } from "@crease/layers";
 * new ELU({ alpha: 2 }).apply([[-1, 2]]).toString(); // => [[-1.264241  2.      ]]
 * ```
 */
export class ELU extends UnaryLayer {
  static readonly className: string = "ELU";
  static readonly ownNames: OptionNames<Omit<ELUOptions, keyof LayerOptions>> = { alpha: true };
  override readonly supportsMasking: boolean = true;
  readonly alpha: number;

  constructor(options: ELUOptions = {}) {
    super(options);
    const { alpha = 1 } = options;
    requireNumber("ELU", "alpha", alpha);
    this.alpha = alpha;
  }

  override call(x: Tensor): Tensor {
    return elu(x, { alpha: this.alpha });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}
