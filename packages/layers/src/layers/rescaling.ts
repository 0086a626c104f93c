/** The layer that scales and shifts its input. */
import { type DType, type OptionNames, ValueError } from "@crease/backend";
import { scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Rescaling` takes besides its scale. */
export interface RescalingOptions extends LayerOptions {
  /** A number, or one for each element of the last axis; default 0. */
  readonly offset?: number | readonly number[] | undefined;
}

/**
 * `x * scale + offset`, in the layer's dtype. Keras 3 `Rescaling`.
 *
 * @throws ValueError for a scale or an offset that is no number and no list of numbers.
 * @example
 * ```ts
 * import { Rescaling } from "@crease/layers";
 * new Rescaling(1 / 127.5, { offset: -1 }).apply([[0, 255]]).toString(); // => [[-1.  1.]]
 * ```
 */
export class Rescaling extends UnaryLayer {
  static readonly className: string = "Rescaling";
  static readonly ownNames: OptionNames<Omit<RescalingOptions, keyof LayerOptions>> = { offset: true };
  override readonly supportsMasking: boolean = true;
  readonly scale: number | readonly number[];
  readonly offset: number | readonly number[];

  constructor(scale: number | readonly number[], options: RescalingOptions = {}) {
    super(options);
    const { offset = 0 } = options;
    for (const [name, value] of Object.entries({ scale, offset }))
      if (![value].flat().every(Number.isFinite))
        throw new ValueError({ op: "Rescaling", problem: `${name} is ${value}`, fix: "Use numbers" });
    this.scale = scale;
    this.offset = offset;
  }

  override call(x: Tensor): Tensor {
    return scope(() => x.cast(this.dtype).mul(this.scale).add(this.offset));
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), scale: this.scale, offset: this.offset };
  }

  static override fromConfig(config: Config): Rescaling {
    const { scale, ...options } = config as Config & RescalingOptions & { readonly scale: number | readonly number[] };
    return new Rescaling(scale, options);
  }
}
