/** The layer of the activation leakyRelu. */
import { type OptionNames, requireNumber } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { leakyRelu } from "../activations/leakyRelu.ts";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `LeakyReLU` takes. */
export interface LeakyReLUOptions extends LayerOptions {
  /** Default 0.3; that of the activation is 0.2. */
  readonly negativeSlope?: number | undefined;
}

/**
 * `x` where `x > 0`, else `negativeSlope * x`. Keras 3 `LeakyReLU`.
 *
 * @throws ValueError for a slope below 0.
 * @example
 * ```ts
 * import { LeakyReLU } from "@crease/layers";
 * new LeakyReLU().apply([[-1, 2]]).toString(); // => [[-0.3  2. ]]
 * ```
 */
export class LeakyReLU extends UnaryLayer {
  static readonly className: string = "LeakyReLU";
  static readonly ownNames: OptionNames<Omit<LeakyReLUOptions, keyof LayerOptions>> = { negativeSlope: true };
  override readonly supportsMasking: boolean = true;
  readonly negativeSlope: number;

  constructor(options: LeakyReLUOptions = {}) {
    super(options);
    const { negativeSlope = 0.3 } = options;
    requireNumber("LeakyReLU", "negativeSlope", negativeSlope, { min: 0 });
    this.negativeSlope = negativeSlope;
  }

  override call(x: Tensor): Tensor {
    return leakyRelu(x, { negativeSlope: this.negativeSlope });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), negativeSlope: this.negativeSlope };
  }
}
