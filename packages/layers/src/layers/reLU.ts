/** The layer of the activation relu. */
import { type OptionNames, requireNumber } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import { relu } from "../activations/relu.ts";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `ReLU` takes. */
export interface ReLUOptions extends LayerOptions {
  /** Default none. */
  readonly maxValue?: number | null | undefined;
  /** Default 0. */
  readonly negativeSlope?: number | undefined;
  /** Default 0. */
  readonly threshold?: number | undefined;
}

/**
 * `x` where `x > threshold`, else `negativeSlope * (x - threshold)`, at most `maxValue`. Keras 3 `ReLU`.
 *
 * @throws ValueError for an option below 0.
 * @example
 * ```ts
 * import { ReLU } from "@crease/layers";
 * new ReLU({ maxValue: 6 }).apply([[-1, 2, 9]]).toString(); // => [[0. 2. 6.]]
 * ```
 */
export class ReLU extends UnaryLayer {
  static readonly className: string = "ReLU";
  static readonly ownNames: OptionNames<Omit<ReLUOptions, keyof LayerOptions>> = {
    maxValue: true,
    negativeSlope: true,
    threshold: true,
  };
  override readonly supportsMasking: boolean = true;
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor(options: ReLUOptions = {}) {
    super(options);
    const { maxValue = null, negativeSlope = 0, threshold = 0 } = options;
    for (const [name, value] of Object.entries({ maxValue: maxValue ?? 0, negativeSlope, threshold }))
      requireNumber("ReLU", name, value, { min: 0 });
    this.maxValue = maxValue;
    this.negativeSlope = negativeSlope;
    this.threshold = threshold;
  }

  override call(x: Tensor): Tensor {
    const { maxValue, negativeSlope, threshold } = this;
    return relu(x, { maxValue, negativeSlope, threshold });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    const { maxValue, negativeSlope, threshold } = this;
    return { ...super.getConfig(), maxValue, negativeSlope, threshold };
  }
}
