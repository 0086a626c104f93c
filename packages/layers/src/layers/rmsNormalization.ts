/** The layer that divides by the root mean square. */
import { type DType, type OptionNames, requireNumber } from "@crease/backend";
import { scope, type Tensor, type Variable } from "@crease/tensor";
import { onlyAlong, requireAxes, sizesAlong } from "../axes.ts";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `RMSNormalization` takes. */
export interface RMSNormalizationOptions extends LayerOptions {
  /** One axis or several to normalize over together, default the last. */
  readonly axis?: number | readonly number[] | undefined;
  /** Added to the mean square, default 1e-6. */
  readonly epsilon?: number | undefined;
}

/**
 * `x / sqrt(mean(x^2) + epsilon) * scale` with the mean over `axis`. Keras 3 `RMSNormalization`.
 *
 * @throws ValueError for an epsilon below 0; AxisError for an axis out of range; ShapeError for inputs with other sizes
 * along it than the layer was built for.
 * @example
 * ```ts
 * import { RMSNormalization } from "@crease/layers";
 * new RMSNormalization({ epsilon: 0 }).apply([[1, 7]]).toString(); // => [[0.2 1.4]]
 * ```
 */
export class RMSNormalization extends UnaryLayer {
  static readonly className: string = "RMSNormalization";
  static readonly ownNames: OptionNames<Omit<RMSNormalizationOptions, keyof LayerOptions>> = {
    axis: true,
    epsilon: true,
  };
  scale: Variable | null = null;
  readonly axis: number | readonly number[];
  readonly epsilon: number;

  constructor(options: RMSNormalizationOptions = {}) {
    super(options);
    const { axis = -1, epsilon = 1e-6 } = options;
    requireNumber("RMSNormalization", "epsilon", epsilon, { min: 0 });
    requireAxes("RMSNormalization", axis);
    this.axis = axis;
    this.epsilon = epsilon;
  }

  override build(inputShape: PartialShape): void {
    this.scale = this.addWeight("scale", this.#along(inputShape).sizes, { initializer: "ones" });
  }

  override call(x: Tensor): Tensor {
    const { axes } = this.#along(x.shape);
    const scale = this.scale as Variable;
    return scope(() => {
      // Squares leave float16's range.
      const input = x.cast(this.dtype === "float16" ? "float32" : this.dtype);
      const square = input.square().mean(axes, { keepDims: true });
      const normal = input.mul(square.add(this.epsilon).rsqrt());
      return normal.mul(scale.value.reshape(onlyAlong(axes, x.shape))).cast(this.dtype);
    });
  }

  #along(shape: PartialShape): { readonly axes: number[]; readonly sizes: number[] } {
    return sizesAlong("RMSNormalization", this.axis, shape, this.inputShape);
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    this.#along(inputShape);
    return inputShape;
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis, epsilon: this.epsilon };
  }
}
